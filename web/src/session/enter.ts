import { redirect } from "@tanstack/react-router";
import { asProblem, queryClient } from "@/api";
import { chosen, isLocale, speak } from "@/app/i18n";
import { meOptions } from "./me";

/** Let in who is signed in; send everybody else to the sign-in, and back to here afterwards. */
export const enter = async (here: string): Promise<void> => {
  try {
    const me = await queryClient.ensureQueryData(meOptions);
    if (chosen() === undefined && isLocale(me.language)) await speak(me.language);
  } catch (error) {
    if (![401, 403].includes(asProblem(error).status)) throw error;
    throw redirect({ to: "/sign-in", search: { next: here } });
  }
};
