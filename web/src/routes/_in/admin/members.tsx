import { createFileRoute } from "@tanstack/react-router";
import { loadTexts } from "@/app/i18n";
import { loadLists } from "@/reference";
import { Members } from "@/screens/admin/Members";
import { membersSearch } from "@/screens/admin/search";

export const Route = createFileRoute("/_in/admin/members")({
  validateSearch: membersSearch,
  loader: () => Promise.all([loadTexts("screens/admin"), loadLists("roles", "services")]),
  component: Members,
});
