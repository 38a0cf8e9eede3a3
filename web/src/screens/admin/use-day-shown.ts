import { useLingui } from "@lingui/react/macro";
import { day } from "@/ui";

/** A field's value in words, where days are among them. */
export const useDayShown = () => {
  const { t, i18n } = useLingui();
  return (key: string, value: string): string => {
    if (value === "") return key === "valid_until" ? t`без рока` : t`није уписано`;
    return key.startsWith("valid_") ? day(value, i18n.locale) : value;
  };
};
