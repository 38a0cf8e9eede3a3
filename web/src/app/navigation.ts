import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import {
  IconArrowsExchange,
  IconBuildingCommunity,
  IconChartBar,
  IconFolder,
  IconHelp,
  IconInbox,
  IconSettings,
  IconShieldCheck,
  IconUser,
  type TablerIcon,
} from "@tabler/icons-react";
import type { LinkProps } from "@tanstack/react-router";
import type { MeOut } from "@/api/gen";

export interface Place {
  to: NonNullable<LinkProps["to"]>;
  name: MessageDescriptor;
  icon: TablerIcon;
  /** Offered to who holds one of these permissions; to everybody when there are none. */
  needs: readonly string[];
}

const ADMIN = [
  "membership.manage",
  "membership.invite_own",
  "membership.appoint_coordinator",
  "role.appoint",
  "organisation.manage",
  "memorandum.manage",
  "token.issue",
  "erasure.confirm",
  "breakglass.review",
  "team.create",
  "account.disable",
  "rights_request.record",
  "key.destroy_team",
];
const STATISTICS = ["statistics.team", "statistics.national", "statistics.public"];

/** Every place of the app, in the order of a working day. */
const PLACES: readonly Place[] = [
  { to: "/", name: msg`Сандуче`, icon: IconInbox, needs: ["case.view_coded"] },
  { to: "/cases", name: msg`Случајеви`, icon: IconFolder, needs: ["case.view_coded"] },
  { to: "/directory", name: msg`Именик`, icon: IconBuildingCommunity, needs: ["directory.view"] },
  { to: "/referrals", name: msg`Сви упути`, icon: IconArrowsExchange, needs: ["case.view_coded"] },
  { to: "/audit", name: msg`Преглед увида`, icon: IconShieldCheck, needs: [] },
  { to: "/statistics", name: msg`Статистика`, icon: IconChartBar, needs: STATISTICS },
  { to: "/admin", name: msg`Управљање`, icon: IconSettings, needs: ADMIN },
  { to: "/account", name: msg`Мој налог`, icon: IconUser, needs: [] },
  { to: "/help", name: msg`Помоћ`, icon: IconHelp, needs: [] },
];

/** Where the work of somebody is, the most pressing first. */
const HOMES: readonly (Pick<Place, "needs"> & { to: Home })[] = [
  { to: "/", needs: ["case.view_coded"] },
  { to: "/audit", needs: ["audit.review", "audit.review_lead"] },
  { to: "/statistics", needs: ["statistics.team", "statistics.national"] },
  { to: "/admin", needs: ADMIN },
  { to: "/statistics", needs: STATISTICS },
  { to: "/directory", needs: ["directory.view"] },
];
type Home = "/" | "/audit" | "/statistics" | "/admin" | "/directory" | "/account";

/** Where the app opens: at the inbox only for who has one. */
export const homeOf = ({ may }: Pick<MeOut, "may">): Home =>
  HOMES.find(({ needs }) => needs.some((one) => may.includes(one)))?.to ?? "/account";

export const mayRefer = (me: MeOut): boolean => me.may.includes("referral.create");

export const placesOf = (me: MeOut): Place[] =>
  PLACES.filter(({ needs }) => needs.length === 0 || needs.some((one) => me.may.includes(one)));
