import type { EntryOut } from "@/api/gen";
import { classesOfBundle } from "@/screens/case/consent/terms";

export interface Misfit {
  /** Needs that the chosen bundle does not cover: the service would refuse to take them down. */
  needs: string[];
  /** The least bundle that covers all that was chosen; nothing where none does. */
  wider: string;
}

/** Whether what the person agreed to covers what is to be taken down, said before the service has to refuse it. */
export const misfitOf = (
  bundle: string,
  needs: readonly string[],
  lists: { bundles: readonly EntryOut[]; needs: readonly EntryOut[] },
): Misfit | undefined => {
  const classOf = (code: string) => lists.needs.find((one) => one.code === code)?.attributes.data_class ?? "";
  const outside = (one: EntryOut | undefined) =>
    needs.filter((code) => classOf(code) !== "" && !classesOfBundle(one).includes(classOf(code)));
  const chosen = lists.bundles.find(({ code }) => code === bundle);
  const found = chosen === undefined ? [] : outside(chosen);
  if (found.length === 0) return undefined;
  // The bundles stand in the list from the least to the most.
  return { needs: found, wider: lists.bundles.find((one) => outside(one).length === 0)?.code ?? "" };
};
