import { createFileRoute } from "@tanstack/react-router";
import { loadTexts } from "@/app/i18n";
import { loadLists } from "@/reference";
import { Cases } from "@/screens/cases/Cases";
import { casesSearch } from "@/screens/cases/search";

export const Route = createFileRoute("/_in/cases/")({
  validateSearch: casesSearch,
  loader: () => Promise.all([loadTexts("screens/cases"), loadLists("urgencies", "case_statuses")]),
  component: Cases,
});
