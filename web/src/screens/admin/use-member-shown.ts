import { useLingui } from "@lingui/react/macro";
import type { MemberOut } from "@/api/gen";
import { useLabel } from "@/reference";
import { useDayShown } from "./use-day-shown";

/** The values of a role's fields in words. */
export const useMemberShown = () => {
  const { t } = useLingui();
  const service = useLabel("services");
  const day = useDayShown();
  return (key: string, value: string): string => {
    if (key === "organisation_steward") return value === "true" ? t`да` : t`не`;
    if (key !== "services") return day(key, value);
    if (value === "") return t`све услуге`;
    return value
      .split(",")
      .map((code) => service(code))
      .join(", ");
  };
};

export const useMemberNames = () => {
  const { t } = useLingui();
  return {
    services: t`Само за ове услуге (није обавезно)`,
    organisation_steward: t`Може да позива људе из своје организације`,
    valid_until: t`До дана (није обавезно)`,
  };
};

const text = (value: unknown): string => {
  if (Array.isArray(value)) return value.join(",");
  return value === null || value === undefined ? "" : String(value);
};

/** What a change that waits would set, in words. */
export const useWanted = () => {
  const { t } = useLingui();
  const show = useMemberShown();
  const names: Record<string, string> = {
    services: t`Услуге`,
    organisation_steward: t`Позива људе из своје организације`,
    valid_until: t`До дана`,
  };
  return ({ wanted }: MemberOut): string[] =>
    Object.entries(wanted ?? {}).map(([key, value]) => `${names[key] ?? key}: ${show(key, text(value))}`);
};
