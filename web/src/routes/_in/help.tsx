import { createFileRoute } from "@tanstack/react-router";
import { loadTexts } from "@/app/i18n";
import { loadLists } from "@/reference";
import { Help } from "@/screens/help/Help";

export const Route = createFileRoute("/_in/help")({
  loader: () => Promise.all([loadTexts("screens/help"), loadLists("roles")]),
  component: Help,
});
