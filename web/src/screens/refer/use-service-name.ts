import { useLingui } from "@lingui/react/macro";
import { useLabel } from "@/reference";

/** What a service is called; one that is closed to the reader has no name of its own. */
export const useServiceName = (): ((code: string) => string) => {
  const { t } = useLingui();
  const label = useLabel("services");
  return (code) => (code === "confidential" ? t`Поверљива услуга` : label(code));
};
