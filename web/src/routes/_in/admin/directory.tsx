import { createFileRoute } from "@tanstack/react-router";
import { loadTexts } from "@/app/i18n";
import { loadLists } from "@/reference";
import { AdminDirectory } from "@/screens/admin/AdminDirectory";
import { directorySearch } from "@/screens/admin/search";

export const Route = createFileRoute("/_in/admin/directory")({
  validateSearch: directorySearch,
  loader: () => Promise.all([loadTexts("screens/admin"), loadLists("sectors", "municipalities", "services")]),
  component: AdminDirectory,
});
