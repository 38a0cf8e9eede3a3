import { useLingui } from "@lingui/react/macro";
import { useLabel } from "@/reference";
import { dayName } from "../directory/hours";

/** The values of a service's fields in words. */
export const useServiceShown = () => {
  const { t, i18n } = useLingui();
  const town = useLabel("municipalities");
  const hours = (line: string): string => {
    const [days = "", from = "", until = ""] = line.split(" ");
    const names = days.split(",").map((day) => dayName(day, i18n.locale));
    return `${names.join(", ")}: ${from}–${until}`;
  };
  return (key: string, value: string): string => {
    if (value === "") return key === "area_served" ? t`цела Србија` : t`није уписано`;
    if (key === "area_served")
      return value
        .split(",")
        .map((one) => town(one))
        .join(", ");
    if (key === "schedule") return value.split("\n").map(hours).join("\n");
    return { true: t`да`, false: t`не` }[value] ?? value;
  };
};
