import { ifMatch, queryClient } from "@/api";
import { meUpdate } from "@/api/gen";
import { choose, isLocale, type Locale } from "@/app/i18n";
import { meOptions } from "./me";

/** Keep the language with the account, so that letters and other devices speak it, too. */
export const keepLanguage = async (language: Locale): Promise<void> => {
  const me = queryClient.getQueryData(meOptions.queryKey);
  if (me === undefined || me.language === language) return;
  const { data } = await meUpdate({ headers: ifMatch(me), body: { language } });
  if (data === undefined) await queryClient.invalidateQueries({ queryKey: meOptions.queryKey });
  else queryClient.setQueryData(meOptions.queryKey, data);
};

export const changeLanguage = async (language: string): Promise<void> => {
  if (!isLocale(language)) return;
  await choose(language);
  await keepLanguage(language);
};
