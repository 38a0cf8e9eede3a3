import { createFileRoute } from "@tanstack/react-router";
import { loadTexts } from "@/app/i18n";
import { loadLists } from "@/reference";
import { OrganisationPage } from "@/screens/directory/OrganisationPage";

export const Route = createFileRoute("/_in/directory/$id")({
  loader: () => Promise.all([loadTexts("screens/directory"), loadLists("services", "municipalities", "sectors")]),
  component: OrganisationPage,
});
