import { createFileRoute } from "@tanstack/react-router";
import { loadTexts } from "@/app/i18n";
import { loadLists } from "@/reference";
import { talliesSearch } from "@/screens/statistics/search";
import { Tallies } from "@/screens/statistics/Tallies";

export const Route = createFileRoute("/_in/statistics/tallies")({
  validateSearch: talliesSearch,
  loader: () => Promise.all([loadTexts("screens/statistics"), loadLists("services", "tally_items")]),
  component: Tallies,
});
