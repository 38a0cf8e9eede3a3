import { useLingui } from "@lingui/react/macro";
import type { Problem } from "@/api";

/** What stands at a field: what is missing here, else what the service said of it. */
export const useFault = (name: string, problem: Problem | undefined, invalid: boolean): string | undefined => {
  const { t } = useLingui();
  if (invalid) return t`Упишите или изаберите.`;
  const pointer = `/${name}`;
  return problem?.faults.find((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`))?.detail;
};
