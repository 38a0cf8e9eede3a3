import { createFileRoute } from "@tanstack/react-router";
import { loadTexts } from "@/app/i18n";
import { loadLists } from "@/reference";
import { Waiting } from "@/screens/admin/Waiting";

export const Route = createFileRoute("/_in/admin/waiting")({
  loader: () =>
    Promise.all([loadTexts("screens/admin"), loadLists("roles", "services", "safeguarding_bases", "data_classes")]),
  component: Waiting,
});
