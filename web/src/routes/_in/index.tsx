import { createFileRoute } from "@tanstack/react-router";
import { Home } from "@/app/Home";
import { loadTexts } from "@/app/i18n";
import { loadInboxLists } from "@/screens/inbox/data";

export const Route = createFileRoute("/_in/")({
  loader: () => Promise.all([loadTexts("screens/inbox"), loadInboxLists()]),
  component: Home,
});
