import type { EntryOut } from "@/api/gen";
import { listed } from "./listed";

export interface Misfit {
  /** Needs that the chosen bundle does not cover: the service would refuse to take them down. Where no bundle covers
   * some of them, those alone. */
  needs: string[];
  /** The least bundle that covers all that was chosen; nothing where none does. */
  wider: string;
}

interface Lists {
  bundles: readonly EntryOut[];
  needs: readonly EntryOut[];
}

/** Whether what the person agreed to covers what is to be taken down, said before the service has to refuse it.
 * `more`: classes of data that were agreed to beside the bundle. */
export const misfitOf = (
  bundle: string,
  needs: readonly string[],
  lists: Lists,
  more: readonly string[] = [],
): Misfit | undefined => {
  const classOf = (code: string) => lists.needs.find((one) => one.code === code)?.attributes.data_class ?? "";
  const outside = (one: EntryOut) =>
    needs.filter((code) => !["", ...more, ...listed(one, "data_classes")].includes(classOf(code)));
  const chosen = lists.bundles.find(({ code }) => code === bundle);
  const found = chosen === undefined ? [] : outside(chosen);
  if (found.length === 0) return undefined;
  const nowhere = found.filter((code) => lists.bundles.every((one) => outside(one).includes(code)));
  if (nowhere.length > 0) return { needs: nowhere, wider: "" };
  // The bundles stand in the list from the least to the most.
  return { needs: found, wider: lists.bundles.find((one) => outside(one).length === 0)?.code ?? "" };
};
