import { Trans, useLingui } from "@lingui/react/macro";
import type { LookRow } from "@/api/gen";
import { useTeamName } from "@/reference";
import { ButtonLink, Group, Stack } from "@/ui";
import { WaitingHead } from "./WaitingHead";

const HOUR = 3_600_000;

/** A look that waits for an hour. It is decided where its reason is read, which is on record. */
export const WaitingGlass = ({ of }: { of: LookRow }) => {
  const { t } = useLingui();
  const team = useTeamName()(of.team);
  return (
    <Stack gap="xs">
      <WaitingHead
        title={t`Ванредни приступ: ${team}`}
        does={t`Особа четврти пут за тридесет дана тражи да види случај који јој није отворен. Кад потврдите, види га један сат.`}
        askedBy={of.person}
        askedAt={of.requested_at}
        until={new Date(new Date(of.requested_at).getTime() + HOUR).toISOString()}
        problem={undefined}
      />
      <Group>
        <ButtonLink to="/audit" search={{ view: "glass" }} size="md">
          <Trans>Прочитај разлог и одлучи</Trans>
        </ButtonLink>
      </Group>
    </Stack>
  );
};
