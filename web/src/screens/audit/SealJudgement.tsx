import { Trans, useLingui } from "@lingui/react/macro";
import { IconShieldCheck, IconShieldQuestion } from "@tabler/icons-react";
import type { LogOut } from "@/api/gen";
import { type Judgement, useJudgedLog } from "@/log";
import { Answered, dayAndTime, Sign, Stack, Text } from "@/ui";
import { SealAlarm } from "./SealAlarm";

/** Up to where the log is verified, and by whom: by this device, or only by the word of the service. */
export const SealJudgement = ({ log }: { log: LogOut }) => {
  const { checkpoint, judgement } = useJudgedLog(log);
  if (log.checkpoint_at === null)
    return (
      <Text>
        <Trans>Још нема печата.</Trans>
      </Text>
    );
  return (
    <Answered query={checkpoint} lines={1}>
      {() => (
        <Answered query={judgement} lines={1}>
          {(found) => <Said log={log} found={found} />}
        </Answered>
      )}
    </Answered>
  );
};

const Said = ({ log, found }: { log: LogOut; found: Judgement }) => {
  switch (found.kind) {
    case "verified":
      return <Verified found={found} />;
    case "unverifiable":
      return <Unverifiable size={found.size} />;
    case "broken":
      return <SealAlarm log={log} found={found} />;
  }
};

const Verified = ({ found }: { found: Extract<Judgement, { kind: "verified" }> }) => {
  const { t, i18n } = useLingui();
  const { size, at } = found;
  const { since } = found.kept;
  const { size: seen } = since;
  const when = dayAndTime(at, i18n.locale);
  const first = dayAndTime(since.at, i18n.locale);
  return (
    <Stack gap={4} align="flex-start" role="status">
      <Sign icon={IconShieldCheck} tone="good">{t`Проверено на овом уређају до бр. ${size}`}</Sign>
      <Text size="sm">
        {since.at === at
          ? t`Потпис је исправан (${when}). Уређај је запамтио овај печат: следећи пут проверава и да ништа пре њега није мењано.`
          : t`Потпис је исправан (${when}), а ништа није мењано од бр. ${seen}, који је овде виђен ${first}.`}
      </Text>
    </Stack>
  );
};

const Unverifiable = ({ size }: { size: number }) => {
  const { t } = useLingui();
  return (
    <Stack gap={4} align="flex-start" role="status">
      <Sign icon={IconShieldQuestion} tone="quiet">{t`Служба је запечатила дневник до бр. ${size}`}</Sign>
      <Text size="sm">
        <Trans>
          Овај прегледач не уме да провери потпис, па то није проверено на Вашем уређају. Отворите Спону у новијем
          прегледачу.
        </Trans>
      </Text>
    </Stack>
  );
};
