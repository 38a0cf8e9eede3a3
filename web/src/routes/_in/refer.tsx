import { createFileRoute } from "@tanstack/react-router";
import { z } from "zod/mini";
import { loadTexts } from "@/app/i18n";
import { loadLists } from "@/reference";
import { Refer } from "@/screens/refer/Refer";

const LISTS = [
  "services", "needs", "urgencies", "handover_modes", "data_classes", "consent_bundles", "consent_givers",
  "referral_statuses", "tdi_items",
]; // prettier-ignore

export const Route = createFileRoute("/_in/refer")({
  // `need` is the code of a need: the directory knows no case.
  validateSearch: z.object({
    case: z.optional(z.string()),
    service: z.optional(z.string()),
    need: z.optional(z.string()),
  }),
  loader: () => Promise.all([loadTexts("screens/refer"), loadTexts("screens/directory"), loadLists(...LISTS)]),
  component: Refer,
});
