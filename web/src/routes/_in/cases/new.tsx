import { createFileRoute } from "@tanstack/react-router";
import { loadTexts } from "@/app/i18n";
import { loadLists } from "@/reference";
import { NewCase } from "@/screens/cases/NewCase";

const LISTS = ["urgencies", "needs", "tdi_items", "tdi_fields", "substances", "consent_bundles", "consent_givers"];

export const Route = createFileRoute("/_in/cases/new")({
  loader: () => Promise.all([loadTexts("screens/cases"), loadTexts("screens/case"), loadLists(...LISTS)]),
  component: NewCase,
});
