import { createFileRoute } from "@tanstack/react-router";
import { loadTexts } from "@/app/i18n";
import { loadLists } from "@/reference";
import { ReleasePage } from "@/screens/statistics/ReleasePage";
import { releaseSearch } from "@/screens/statistics/search";

export const Route = createFileRoute("/_in/statistics/$number")({
  validateSearch: releaseSearch,
  loader: () => Promise.all([loadTexts("screens/statistics"), loadLists("indicators", "teams", "municipalities")]),
  component: ReleasePage,
});
