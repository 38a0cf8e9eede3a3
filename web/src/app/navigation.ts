import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import {
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
  { to: "/audit", name: msg`Преглед увида`, icon: IconShieldCheck, needs: [] },
  { to: "/statistics", name: msg`Статистика`, icon: IconChartBar, needs: STATISTICS },
  { to: "/admin", name: msg`Управљање`, icon: IconSettings, needs: ADMIN },
  { to: "/account", name: msg`Мој налог`, icon: IconUser, needs: [] },
  { to: "/help", name: msg`Помоћ`, icon: IconHelp, needs: [] },
];

export const mayRefer = (me: MeOut): boolean => me.may.includes("referral.create");

/** Where somebody arrives: the inbox, or, for who has no referrals, the page of the own work. */
export const homeOf = (me: MeOut): "/" | "/audit" | "/statistics" | "/admin" | "/directory" => {
  if (me.may.includes("case.view_coded")) return "/";
  if (me.may.includes("audit.review")) return "/audit";
  if (me.may.includes("statistics.national")) return "/statistics";
  return ADMIN.some((one) => me.may.includes(one)) ? "/admin" : "/directory";
};

export const placesOf = (me: MeOut): Place[] =>
  PLACES.filter(({ needs }) => needs.length === 0 || needs.some((one) => me.may.includes(one)));
