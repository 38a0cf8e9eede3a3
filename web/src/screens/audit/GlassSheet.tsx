import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { ifMatch } from "@/api";
import type { LookOut } from "@/api/gen";
import {
  breakGlassConfirmMutation,
  breakGlassRetrieveOptions,
  breakGlassReviewMutation,
} from "@/api/gen/@tanstack/react-query.gen";
import { useLabel, usePersonName, useTeamName } from "@/reference";
import { useMe } from "@/session/me";
import { Answered, Button, dayAndTime, Facts, ProblemNotice, Stack, Text, useSend } from "@/ui";
import { Verdicts } from "./Verdicts";

interface Props {
  id: string;
  onDone: () => void;
}

/** One look, with what the person wrote: reading that is recorded as well. */
export const GlassSheet = ({ id, onDone }: Props) => {
  const look = useQuery({ ...breakGlassRetrieveOptions({ path: { id } }), staleTime: Infinity });
  return <Answered query={look}>{(data) => <Look look={data} onDone={onDone} />}</Answered>;
};

const Look = ({ look, onDone }: { look: LookOut; onDone: () => void }) => {
  const me = useMe();
  const review = useSend(breakGlassReviewMutation(), onDone);
  const confirm = useSend(breakGlassConfirmMutation(), onDone);
  const problem = review.problem ?? confirm.problem;
  const mine = look.person === me.id;
  const started = look.starts_at !== null;
  const send = { path: { id: look.id }, headers: ifMatch(look) };
  return (
    <Stack gap="md">
      <Known look={look} />
      {look.text !== null && <Text className="quiet-text">{look.text}</Text>}
      {problem !== undefined && <ProblemNotice error={problem} />}
      {look.state === "waiting" && !mine && (
        <Stack gap="xs" align="flex-start">
          <Text>
            <Trans>Ово је четврти пут за тридесет дана. Прво позовите особу, па одлучите.</Trans>
          </Text>
          <Button size="md" loading={confirm.isPending} onClick={() => confirm.mutate(send)}>
            <Trans>Потврди приступ</Trans>
          </Button>
        </Stack>
      )}
      {started && look.verdict === null && !mine && (
        <Verdicts disabled={review.isPending} onVerdict={(verdict) => review.mutate({ ...send, body: { verdict } })} />
      )}
    </Stack>
  );
};

const Known = ({ look }: { look: LookOut }) => {
  const { t, i18n } = useLingui();
  const reason = useLabel("breakglass_reasons");
  const name = usePersonName();
  const team = useTeamName();
  const when = (at: string | null) => at !== null && dayAndTime(at, i18n.locale);
  return (
    <Facts
      of={[
        [t`Разлог`, reason(look.reason)],
        [t`Ко`, name(look.person)],
        [t`Тим`, team(look.team)],
        [t`Тражено`, when(look.requested_at)],
        [t`Отворено од`, when(look.starts_at)],
        [t`Отворено до`, when(look.ended_at ?? look.ends_at)],
      ]}
    />
  );
};
