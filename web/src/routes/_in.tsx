import { createFileRoute } from "@tanstack/react-router";
import { Shell } from "@/app/Shell";
import { startInbox } from "@/screens/inbox/data";
import { enter } from "@/session/enter";

export const Route = createFileRoute("/_in")({
  beforeLoad: ({ location, preload }) => {
    // Who asks is found out first; what is shown to them is on its way meanwhile.
    const entered = enter(location.href);
    void import("@/app/Shell").catch(() => undefined); // the router asks for it again, and says so when it fails
    if (location.pathname === "/" && !preload) startInbox();
    return entered;
  },
  component: Shell,
});
