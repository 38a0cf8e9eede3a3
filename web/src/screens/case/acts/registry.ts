import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { ComponentType } from "react";
import type { CaseOut, MeOut } from "@/api/gen";
import { RecordConsent } from "../consent/RecordConsent";
import { AddNeed } from "./AddNeed";
import { Reopen, Resume } from "./Again";
import type { ActProps } from "./ActForm";
import { Assign } from "./Assign";
import { Close } from "./Close";
import { DuplicateHint } from "./DuplicateHint";
import { Edit } from "./Edit";
import { Exclude } from "./Exclude";
import { Flags } from "./Flags";
import { Hold } from "./Hold";
import { ProfileForm } from "./ProfileForm";
import { Safeguarding } from "./Safeguarding";
import { Triage } from "./Triage";

export type ActName =
  | "triage"
  | "resume"
  | "edit"
  | "add_need"
  | "profile"
  | "flags"
  | "record_consent"
  | "assign"
  | "hold"
  | "record_safeguarding"
  | "exclude"
  | "duplicate_hint"
  | "reopen"
  | "close";

interface Act {
  name: MessageDescriptor;
  Form: ComponentType<ActProps<CaseOut>>;
  offered: (one: CaseOut, me: MeOut) => boolean;
}

const allowed =
  (action: string) =>
  (one: CaseOut): boolean =>
    one.allowed_actions.includes(action);
/** Acts that the case itself does not list: the permission decides what is offered, the service what is done. */
const permitted =
  (permission: string) =>
  (one: CaseOut, me: MeOut): boolean =>
    one.status !== "closed" && me.may.includes(permission) && one.allowed_actions.includes("record_consent");

/** What can be done with a case, in the order in which it is offered. */
export const ACTS: Record<ActName, Act> = {
  triage: { name: msg`Одлучи о предлогу`, Form: Triage, offered: allowed("triage") },
  resume: { name: msg`Настави рад`, Form: Resume, offered: allowed("resume") },
  edit: { name: msg`Хитност и преглед`, Form: Edit, offered: allowed("edit") },
  add_need: { name: msg`Додај потребу`, Form: AddNeed, offered: allowed("edit") },
  profile: { name: msg`Измени податке`, Form: ProfileForm, offered: allowed("edit") },
  flags: { name: msg`Упозорења`, Form: Flags, offered: allowed("edit") },
  record_consent: { name: msg`Забележи пристанак`, Form: RecordConsent, offered: allowed("record_consent") },
  assign: { name: msg`Додели`, Form: Assign, offered: allowed("assign") },
  hold: { name: msg`Привремено заустави`, Form: Hold, offered: allowed("hold") },
  record_safeguarding: {
    name: msg`Забележи законски изузетак`,
    Form: Safeguarding,
    offered: allowed("record_safeguarding"),
  },
  exclude: { name: msg`Искључи неког`, Form: Exclude, offered: permitted("case.exclude_person") },
  duplicate_hint: {
    name: msg`Можда већ постоји`,
    Form: DuplicateHint,
    offered: permitted("case.check_duplicate"),
  },
  reopen: { name: msg`Поново отвори`, Form: Reopen, offered: allowed("reopen") },
  close: { name: msg`Затвори случај`, Form: Close, offered: allowed("close") },
};

const ORDER: readonly ActName[] = [
  "triage",
  "resume",
  "edit",
  "add_need",
  "profile",
  "flags",
  "record_consent",
  "assign",
  "hold",
  "record_safeguarding",
  "exclude",
  "duplicate_hint",
  "reopen",
  "close",
];

export const actsOf = (one: CaseOut, me: MeOut): ActName[] => ORDER.filter((name) => ACTS[name].offered(one, me));
