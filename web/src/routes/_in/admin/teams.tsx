import { createFileRoute } from "@tanstack/react-router";
import { loadTexts } from "@/app/i18n";
import { loadLists } from "@/reference";
import { Teams } from "@/screens/admin/Teams";

export const Route = createFileRoute("/_in/admin/teams")({
  loader: () => Promise.all([loadTexts("screens/admin"), loadLists("municipalities", "roles_matrix")]),
  component: Teams,
});
