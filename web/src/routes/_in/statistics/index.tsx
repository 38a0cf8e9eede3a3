import { createFileRoute } from "@tanstack/react-router";
import { loadTexts } from "@/app/i18n";
import { loadLists } from "@/reference";
import { teamSearch } from "@/screens/statistics/search";
import { Statistics } from "@/screens/statistics/Statistics";

export const Route = createFileRoute("/_in/statistics/")({
  validateSearch: teamSearch,
  loader: () =>
    Promise.all([loadTexts("screens/statistics"), loadLists("services", "needs", "tdi_items", "tally_items")]),
  component: Statistics,
});
