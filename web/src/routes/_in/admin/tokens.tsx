import { createFileRoute } from "@tanstack/react-router";
import { loadTexts } from "@/app/i18n";
import { loadLists } from "@/reference";
import { Tokens } from "@/screens/admin/Tokens";

export const Route = createFileRoute("/_in/admin/tokens")({
  loader: () => Promise.all([loadTexts("screens/admin"), loadLists("roles_matrix")]),
  component: Tokens,
});
