import { createFileRoute } from "@tanstack/react-router";
import { loadTexts } from "@/app/i18n";
import { Inbox } from "@/screens/inbox/Inbox";
import { loadInboxLists } from "@/screens/inbox/data";

export const Route = createFileRoute("/_in/")({
  loader: () => Promise.all([loadTexts("screens/inbox"), loadInboxLists()]),
  component: Inbox,
});
