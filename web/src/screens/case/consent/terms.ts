import type { EntryOut } from "@/api/gen";
import { listed } from "@/reference";

export const classesOfBundle = (bundle: EntryOut | undefined): string[] => listed(bundle, "data_classes");
export const purposesOfBundle = (bundle: EntryOut | undefined): string[] => listed(bundle, "purposes");

interface Worker {
  sector: string;
  /** Codes of the services that it gives by the directory. */
  gives: readonly string[];
}

/** Of an organisation of civil society the sector says nothing about the work; the directory has to. */
const ANY_WORK = "cso";
/** They are shown the one need that a referral answers. */
const ONLY_NEED = ["education", "employment", "local_government"];

const groupsOf = ({ sector, gives }: Worker, services: readonly EntryOut[]): Set<string> => {
  const given = services.filter(({ code }) => gives.includes(code));
  const usual = sector === ANY_WORK ? [] : services.filter((entry) => listed(entry, "sectors").includes(sector));
  return new Set((given.length > 0 ? given : usual).map(({ attributes }) => attributes["group"] ?? ""));
};

/** Which of these classes an organisation gets by its work. It mirrors what the service does for a bundle: as soon as
 * violence or notes are ticked the consent is no bundle any more, and each recipient's classes have to be said. */
export const classesFor = (
  worker: Worker,
  of: readonly string[],
  lists: { classes: readonly EntryOut[]; services: readonly EntryOut[] },
): string[] => {
  const groups = groupsOf(worker, lists.services);
  const reaches = (entry: EntryOut): boolean => {
    if (entry.code === "needs" && ONLY_NEED.includes(worker.sector)) return true;
    if (!listed(entry, "default_recipient_sectors").includes(worker.sector)) return false;
    const limits = listed(entry, "limited_to_service_groups");
    return limits.length === 0 || limits.some((group) => groups.has(group));
  };
  return lists.classes.filter((entry) => of.includes(entry.code) && reaches(entry)).map(({ code }) => code);
};
