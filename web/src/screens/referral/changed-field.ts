import { useLingui } from "@lingui/react/macro";
import type { Changed, Field } from "@/history";
import { useLabel, useOrganisationName, useServiceName } from "@/reference";
import { day, dayAndTime } from "@/ui";
import { useDetail } from "./event-words";

type Fields = Record<string, Field>;

/** How the fields of a referral and its questions are called in the history, and how their values read. */
export const useChangedField = (): ((changed: Changed) => Field | undefined) => {
  const known = { ...useMoments(), ...useCodes(), ...usePlaces(), ...useSealed() };
  return ({ field }) => known[field];
};

const useMoments = (): Fields => {
  const { i18n, t } = useLingui();
  const at = (value: string) => dayAndTime(value, i18n.locale);
  return {
    sent_at: { name: t`послато`, show: at },
    answered_at: { name: t`одговорено`, show: at },
    ended_at: { name: t`завршено`, show: at },
    acknowledged_at: { name: t`затворено`, show: at },
    due_at: { name: t`рок за први контакт`, show: at },
    paused_at: { name: t`рок стоји од`, show: at },
    phoned_at: { name: t`позвано`, show: at },
    first_contact_at: { name: t`први контакт`, show: at },
    look_again_on: { name: t`погледати поново`, show: (value) => day(value, i18n.locale) },
    basis_until: { name: t`основ важи до`, show: (value) => day(value, i18n.locale) },
    asked_at: { name: t`питано`, show: at },
    replied_at: { name: t`одговорено на питање`, show: at },
  };
};

const useCodes = (): Fields => {
  const { t } = useLingui();
  const service = useServiceName();
  return {
    status: { name: t`стање`, show: useLabel("referral_statuses") },
    urgency: { name: t`хитност`, show: useLabel("urgencies") },
    handover_mode: { name: t`како особа долази`, show: useLabel("handover_modes") },
    business_status: { name: t`ближе стање`, show: useLabel("business_statuses") },
    outcome_code: { name: t`исход`, show: useLabel("referral_outcomes") },
    reason_code: { name: t`разлог`, show: useLabel("referral_reasons") },
    acknowledgement_answer: { name: t`шта је следеће`, show: useLabel("acknowledgement_answers") },
    still_engaged: { name: t`провера после 90 дана`, show: useDetail() },
    data_classes: { name: t`шта се дели`, show: useLabel("data_classes") },
    service_code: { name: t`услуга`, show: service },
    suggested_service_code: { name: t`предложена услуга`, show: service },
    question_code: { name: t`питање`, show: useLabel("questions") },
  };
};

const usePlaces = (): Fields => {
  const { t } = useLingui();
  const organisation = useOrganisationName();
  return {
    requester: { name: t`упућује`, show: organisation },
    recipient: { name: t`прима`, show: organisation },
    service: { name: t`место услуге` },
    replaces: { name: t`упут уместо ког је овај` },
  };
};

/** Nobody is told what was written: only that it was. */
const useSealed = (): Fields => {
  const { t } = useLingui();
  return {
    appointment: { name: t`термин` },
    narrative: { name: t`напомена` },
    need: { name: t`потреба` },
    note: { name: t`напомена уз питање` },
    reply: { name: t`одговор` },
  };
};
