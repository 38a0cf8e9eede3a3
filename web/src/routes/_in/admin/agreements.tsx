import { createFileRoute } from "@tanstack/react-router";
import { loadTexts } from "@/app/i18n";
import { Agreements } from "@/screens/admin/Agreements";
import { agreementsSearch } from "@/screens/admin/search";

export const Route = createFileRoute("/_in/admin/agreements")({
  validateSearch: agreementsSearch,
  loader: () => loadTexts("screens/admin"),
  component: Agreements,
});
