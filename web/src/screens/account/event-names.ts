import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

const OTHER = msg`Друга радња`;
const NAMES: Readonly<Record<string, MessageDescriptor>> = {
  "account.created": msg`Отварање налога`,
  "account.disabled": msg`Искључивање налога`,
  "account.enabled": msg`Укључивање налога`,
  "account.sessions_ended": msg`Одјављивање са свих уређаја`,
  "account.password_set": msg`Постављање лозинке`,
  "account.factor_set": msg`Постављање другог фактора`,
  "recovery.started": msg`Почетак повратка налога`,
  "recovery.confirmed": msg`Потврда повратка налога`,
  "recovery.used": msg`Повратак налога`,
  "recovery.revoked": msg`Опозив повратка налога`,
  "membership.added": msg`Додавање улоге`,
  "membership.changed": msg`Измена улоге`,
  "membership.confirmed": msg`Потврда улоге`,
  "membership.declined": msg`Одбијање улоге`,
  "membership.ended": msg`Престанак улоге`,
  "token.issued": msg`Издавање приступа за програм`,
  "token.confirmed": msg`Потврда приступа за програм`,
  "token.declined": msg`Одбијање приступа за програм`,
  "token.rotated": msg`Замена кључа за програм`,
  "token.revoked": msg`Опозив приступа за програм`,
};

/** What was done to an account, in words. */
export const eventName = (action: string): MessageDescriptor => NAMES[action] ?? OTHER;

export const FEW = 8;

/** The newest ones, unless all are wanted. */
export const newest = <Event>(events: readonly Event[], all: boolean): readonly Event[] =>
  all ? events : events.slice(0, FEW);
