import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import {
  IconAddressBook,
  IconBuildingCommunity,
  IconChecks,
  IconFileCertificate,
  IconFileText,
  IconMailPlus,
  IconRobot,
  IconRotate,
  IconUserQuestion,
  IconUsers,
  type TablerIcon,
} from "@tabler/icons-react";
import type { LinkProps } from "@tanstack/react-router";
import type { MeOut } from "@/api/gen";

export interface AdminPlace {
  to: NonNullable<LinkProps["to"]>;
  name: MessageDescriptor;
  says: MessageDescriptor;
  icon: TablerIcon;
  /** Offered to who holds one of these permissions, */
  needs: readonly string[];
  /** or one of these roles: whom the service may ask as the second person. */
  roles?: readonly string[];
}

const GIVES = ["membership.manage", "membership.invite_own", "membership.appoint_coordinator", "role.appoint"];

const PLACES: readonly AdminPlace[] = [
  {
    to: "/admin/waiting",
    name: msg`Чека моју потврду`,
    says: msg`Оно што важи тек кад га потврди друга особа`,
    icon: IconChecks,
    needs: [],
    roles: ["coordinator", "deputy_coordinator", "municipal_lead", "data_protection_officer", "key_custodian"],
  },
  {
    to: "/admin/members",
    name: msg`Чланови`,
    says: msg`Ко шта ради, улоге, налози, замењивање`,
    icon: IconUsers,
    needs: [...GIVES, "account.disable"],
  },
  {
    to: "/admin/invitations",
    name: msg`Позиви`,
    says: msg`Позовите нову особу: добија везу којом отвара налог`,
    icon: IconMailPlus,
    needs: [...GIVES, "account.create"],
  },
  {
    to: "/admin/recoveries",
    name: msg`Враћање приступа`,
    says: msg`За особу која је изгубила телефон или кључ`,
    icon: IconRotate,
    needs: ["account.disable"],
  },
  {
    to: "/admin/rights",
    name: msg`Захтеви особа`,
    says: msg`Увид, исправка, брисање: шта је тражено и до када се одговара`,
    icon: IconUserQuestion,
    needs: ["rights_request.record", "rights_request.answer"],
  },
  {
    to: "/admin/erasures",
    name: msg`Брисања`,
    says: msg`Предложена и извршена брисања, са потврдама`,
    icon: IconFileCertificate,
    needs: ["erasure.confirm", "erasure.execute"],
  },
  {
    to: "/admin/tokens",
    name: msg`Приступ за друге програме`,
    says: msg`Жетони којима програми раде у име особе`,
    icon: IconRobot,
    needs: ["token.issue"],
  },
  {
    to: "/admin/directory",
    name: msg`Уређивање адресара`,
    says: msg`Организације и услуге: подаци, радно време, ко ради а ко не`,
    icon: IconAddressBook,
    needs: ["organisation.manage"],
  },
  {
    to: "/admin/agreements",
    name: msg`Меморандуми и споразуми`,
    says: msg`По чему организације учествују, од када и до када`,
    icon: IconFileText,
    needs: ["memorandum.manage"],
  },
  {
    to: "/admin/teams",
    name: msg`Тимови`,
    says: msg`Градови у којима се ради, нови тим, уништење кључева`,
    icon: IconBuildingCommunity,
    needs: ["team.create", "key.destroy_team"],
  },
];

export const adminPlacesOf = (me: MeOut): AdminPlace[] =>
  PLACES.filter(
    ({ needs, roles = [] }) =>
      needs.some((one) => me.may.includes(one)) || me.seats.some(({ role }) => roles.includes(role)),
  );
