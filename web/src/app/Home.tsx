import { Navigate } from "@tanstack/react-router";
import { Inbox } from "@/screens/inbox/Inbox";
import { useMe } from "@/session/me";
import { homeOf } from "./navigation";

/** The first page. Who has no referrals has no inbox either. */
export const Home = () => {
  const home = homeOf(useMe());
  return home === "/" ? <Inbox /> : <Navigate to={home} replace />;
};
