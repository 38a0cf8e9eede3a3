import { createFileRoute } from "@tanstack/react-router";
import { loadTexts } from "@/app/i18n";
import { Rights } from "@/screens/admin/Rights";
import { rightsSearch } from "@/screens/admin/search";

export const Route = createFileRoute("/_in/admin/rights")({
  validateSearch: rightsSearch,
  loader: () => loadTexts("screens/admin"),
  component: Rights,
});
