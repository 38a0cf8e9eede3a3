import { createFileRoute, notFound } from "@tanstack/react-router";
import { queryClient } from "@/api";
import { meOptions } from "@/session/me";

const HOME = "/admin";

/** A page of the administration that is not this person's is absent, and nothing is asked for it. */
export const Route = createFileRoute("/_in/admin")({
  beforeLoad: async ({ location: { pathname } }) => {
    if (pathname === HOME) return;
    const [me, { adminPlacesOf }] = await Promise.all([
      queryClient.ensureQueryData(meOptions),
      import("@/screens/admin/places"),
    ]);
    if (!adminPlacesOf(me).some(({ to }) => to === pathname)) throw notFound();
  },
});
