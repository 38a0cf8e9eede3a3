import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { LogOut } from "@/api/gen";
import { checkpointOptions } from "@/log";
import { useTeamName } from "@/reference";
import { dayAndTime, Facts, Stack, Text, Title, untilNow } from "@/ui";
import { SealJudgement } from "./SealJudgement";

const DAY = 86_400;

/** Up to which entry the log is sealed and verified, since when, and who has witnessed it. */
export const LogSeal = ({ log }: { log: LogOut }) => {
  const { t, i18n } = useLingui();
  const team = useTeamName();
  const old = log.checkpoint_age !== null && log.checkpoint_age > DAY;
  return (
    <Stack gap="xs">
      <Title order={3}>{team(log.id) || t`Заједнички дневник`}</Title>
      <SealJudgement log={log} />
      <Facts
        of={[
          [
            t`Печат`,
            log.checkpoint_at !== null &&
              `${dayAndTime(log.checkpoint_at, i18n.locale)} (${untilNow(log.checkpoint_at, i18n.locale)})`,
          ],
          [t`Уписано`, <Plural key="size" value={log.size} one="# унос" few="# уноса" other="# уноса" />],
          [t`Сведоци, како јавља служба`, log.checkpoint_at !== null && <Witnesses log={log} />],
        ]}
      />
      {old && (
        <Text>
          <Trans>Печат је старији од једног дана. Јавите ономе ко води службу.</Trans>
        </Text>
      )}
    </Stack>
  );
};

const Witnesses = ({ log }: { log: LogOut }) => {
  const { t, i18n } = useLingui();
  const { data } = useQuery(checkpointOptions(log));
  if (data === undefined) return "…";
  if (data.cosignatures.length === 0) return t`Овај печат још нико споља није посведочио.`;
  return (
    <ul className="plain-list">
      {data.cosignatures.map((one) => (
        <li key={one.witness}>
          {one.witness}, {dayAndTime(one.at, i18n.locale)}
        </li>
      ))}
    </ul>
  );
};
