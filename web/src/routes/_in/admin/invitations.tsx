import { createFileRoute } from "@tanstack/react-router";
import { loadTexts } from "@/app/i18n";
import { loadLists } from "@/reference";
import { Invitations } from "@/screens/admin/Invitations";

export const Route = createFileRoute("/_in/admin/invitations")({
  loader: () => Promise.all([loadTexts("screens/admin"), loadLists("roles", "services")]),
  component: Invitations,
});
