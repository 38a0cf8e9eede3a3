import { createFileRoute } from "@tanstack/react-router";
import { loadTexts } from "@/app/i18n";
import { loadLists } from "@/reference";
import { Recoveries } from "@/screens/admin/Recoveries";

export const Route = createFileRoute("/_in/admin/recoveries")({
  loader: () => Promise.all([loadTexts("screens/admin"), loadLists("roles")]),
  component: Recoveries,
});
