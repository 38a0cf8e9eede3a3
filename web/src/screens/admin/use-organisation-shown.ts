import { useLingui } from "@lingui/react/macro";
import { useLabel } from "@/reference";

/** What the fields of an organisation are called. */
export const useOrganisationNames = () => {
  const { t } = useLingui();
  return {
    name: t`Назив`,
    sector: t`Област`,
    municipality: t`Општина`,
    phone: t`Телефон`,
    has_accounts: t`Запослени имају налоге у Спони`,
    is_active: t`Организација ради`,
  };
};

/** The values of these fields in words. */
export const useOrganisationShown = () => {
  const { t } = useLingui();
  const sector = useLabel("sectors");
  const town = useLabel("municipalities");
  return (key: string, value: string): string => {
    if (value === "") return t`није уписано`;
    if (key === "sector") return sector(value);
    if (key === "municipality") return town(value);
    return { true: t`да`, false: t`не` }[value] ?? value;
  };
};
