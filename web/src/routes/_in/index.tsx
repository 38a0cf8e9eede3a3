import { createFileRoute, redirect } from "@tanstack/react-router";
import { queryClient } from "@/api";
import { loadTexts } from "@/app/i18n";
import { homeOf } from "@/app/navigation";
import { Inbox } from "@/screens/inbox/Inbox";
import { loadInboxLists, startRequests } from "@/screens/inbox/data";
import { meOptions } from "@/session/me";

export const Route = createFileRoute("/_in/")({
  beforeLoad: async ({ preload }) => {
    const me = await queryClient.ensureQueryData(meOptions);
    const home = homeOf(me);
    if (home !== "/") throw redirect({ to: home, replace: true });
    if (!preload) startRequests(me);
  },
  loader: () => Promise.all([loadTexts("screens/inbox"), loadInboxLists()]),
  component: Inbox,
});
