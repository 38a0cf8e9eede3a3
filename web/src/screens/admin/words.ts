import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";

type Words = Record<string, MessageDescriptor>;

const useWords = (words: Words) => {
  const { i18n } = useLingui();
  return (code: string): string => {
    const found = words[code];
    return found === undefined ? code : i18n._(found);
  };
};

const useChoices = (words: Words) => {
  const { i18n } = useLingui();
  return Object.entries(words).map(([value, name]) => ({ value, label: i18n._(name) }));
};

const ERASURE_REASONS: Words = {
  rights_request: msg`захтев особе`,
  no_longer_needed: msg`подаци више нису потребни`,
  retention_due: msg`истекао је рок чувања`,
  ledger_replay: msg`поновљено после враћања резервне копије`,
};
/** Those that a person may give; the others are the service's own. */
export const useProposedReasons = () => useChoices(ERASURE_REASONS).slice(0, 2);
export const useErasureReason = () => useWords(ERASURE_REASONS);

const STATES: Words = {
  requested: msg`чека потврду`,
  confirmed: msg`потврђено, чека извршење`,
  executed: msg`извршено, кључ се уништава`,
  destroyed: msg`обрисано`,
  declined: msg`одбијено`,
  lapsed: msg`истекло без одговора`,
};
export const useErasureState = () => useWords(STATES);

const KINDS: Words = {
  access: msg`Увид у податке`,
  rectification: msg`Исправка`,
  erasure: msg`Брисање`,
  restriction: msg`Ограничење обраде`,
  objection: msg`Приговор`,
  complaint: msg`Притужба`,
};
export const useRightsKind = () => useWords(KINDS);
export const useRightsKinds = () => useChoices(KINDS);

const CHANNELS: Words = {
  in_person: msg`лично`,
  letter: msg`писмом`,
  phone: msg`телефоном`,
  representative: msg`преко заступника`,
};
export const useChannel = () => useWords(CHANNELS);
export const useChannels = () => useChoices(CHANNELS);

const ANSWERS: Words = { granted: msg`Прихваћено`, partly: msg`Делом прихваћено`, refused: msg`Одбијено` };
export const useAnswer = () => useWords(ANSWERS);
export const useAnswers = () => useChoices(ANSWERS);

const REFUSALS: Words = {
  not_the_person: msg`није утврђено да је то та особа`,
  unfounded: msg`захтев је неоснован`,
  excessive: msg`захтев је претеран`,
  rights_of_others: msg`права других особа`,
  duty_in_law: msg`закон налаже да се подаци чувају`,
  nothing_held: msg`о особи се ништа не чува`,
};
export const useRefusal = () => useWords(REFUSALS);
export const useRefusals = () => useChoices(REFUSALS);

const DELAYS: Words = { complex: msg`захтев је сложен`, many_requests: msg`има много захтева` };
export const useDelay = () => useWords(DELAYS);
export const useDelays = () => useChoices(DELAYS);

const ACTING: Words = {
  absent: msg`одсутност`,
  conflict_of_interest: msg`сукоб интереса`,
  late_triage: msg`тријажа касни`,
};
export const useActingReasons = () => useChoices(ACTING);
