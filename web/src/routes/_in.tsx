import { createFileRoute } from "@tanstack/react-router";
import { Shell } from "@/app/Shell";
import { startInbox } from "@/screens/inbox/data";
import { enter } from "@/session/enter";

export const Route = createFileRoute("/_in")({
  beforeLoad: ({ location, preload }) => {
    if (location.pathname === "/" && !preload) startInbox();
    return enter(location.href);
  },
  component: Shell,
});
