import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

/** What an entry of the log is about. */
export const OBJECT_KINDS: Readonly<Record<string, MessageDescriptor>> = {
  case: msg`случај`,
  referral: msg`упут`,
  consent: msg`пристанак`,
  note: msg`белешка`,
  need: msg`потреба`,
  user: msg`налог`,
  membership: msg`чланство`,
  invitation: msg`позив`,
  organisation: msg`организација`,
  service: msg`услуга`,
  servicetally: msg`збир услуге`,
  reviewitem: msg`ставка за преглед`,
  auditlog: msg`дневник`,
  auditentry: msg`унос у дневнику`,
  breakglass: msg`ванредни приступ`,
  quarterlock: msg`тромесечје`,
  release: msg`издање`,
  safeguardingbasis: msg`законски изузетак`,
  exclusion: msg`забрана увида`,
  erasure: msg`брисање`,
  rightsrequest: msg`захтев особе`,
  machinetoken: msg`приступ за програм`,
  team: msg`тим`,
  memorandum: msg`споразум`,
  notification: msg`обавештење`,
  importrun: msg`увоз`,
};
