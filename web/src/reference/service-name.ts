import { useLingui } from "@lingui/react/macro";
import { useLabel } from "./lists";

/** What a service is called; one whose name would tell a diagnosis is not named to everybody. Wants `services`. */
export const useServiceName = (): ((code: string) => string) => {
  const { t } = useLingui();
  const label = useLabel("services");
  return (code) => (code === "confidential" ? t`Поверљива услуга` : label(code));
};
