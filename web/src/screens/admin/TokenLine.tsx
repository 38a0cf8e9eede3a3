import { Trans, useLingui } from "@lingui/react/macro";
import { IconBan, IconCheck, IconClock, IconHourglass } from "@tabler/icons-react";
import { ifMatch } from "@/api";
import type { TokenOut } from "@/api/gen";
import { tokensRevokeMutation, tokensRotateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useLabel, usePersonName } from "@/reference";
import { day, Group, ProblemNotice, Sign, Stack, tell, Text, useSend } from "@/ui";
import { SureButton } from "./SureButton";

interface Props {
  token: TokenOut;
  /** A new secret comes in the answer alone. */
  onSecret: (secret: string | null) => void;
}

const isOver = (one: TokenOut): boolean => new Date(one.expires_at).getTime() <= Date.now();

export const TokenLine = ({ token, onSecret }: Props) => {
  const label = useLabel("roles_matrix");
  const person = usePersonName()(token.acting_for);
  const what = token.operations.map((one) => label(one)).join(", ");
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <Text fw={600}>{token.name}</Text>
        <State of={token} />
      </Group>
      <Text>
        <Trans>У име: {person}</Trans>
      </Text>
      <Text size="sm" c="dimmed">
        {what}
      </Text>
      {token.revoked_at === null && !isOver(token) && <Acts token={token} onSecret={onSecret} />}
    </Stack>
  );
};

const Acts = ({ token, onSecret }: Props) => {
  const { t } = useLingui();
  const rotate = useSend(tokensRotateMutation(), ({ secret }) => onSecret(secret));
  const revoke = useSend(tokensRevokeMutation(), () => tell(t`Програм више нема приступ.`));
  const problem = rotate.problem ?? revoke.problem;
  const send = { path: { id: token.id }, headers: ifMatch(token) };
  return (
    <>
      {problem !== undefined && <ProblemNotice error={problem} />}
      <Group gap="xs">
        {token.waits_until === null && (
          <SureButton
            name={t`Замени тајну`}
            sure={t`Да, направи нову тајну`}
            loading={rotate.isPending}
            onSure={() => rotate.mutate(send)}
          />
        )}
        <SureButton
          name={t`Опозови`}
          sure={t`Да, програм одмах губи приступ`}
          loading={revoke.isPending}
          onSure={() => revoke.mutate(send)}
        />
      </Group>
    </>
  );
};

const State = ({ of }: { of: TokenOut }) => {
  const { t, i18n } = useLingui();
  if (of.revoked_at !== null) return <Sign icon={IconBan} tone="quiet">{t`опозван`}</Sign>;
  if (isOver(of)) return <Sign icon={IconClock} tone="quiet">{t`истекао`}</Sign>;
  if (of.waits_until !== null) return <Sign icon={IconHourglass} tone="soon">{t`чека другу особу`}</Sign>;
  const until = day(of.expires_at, i18n.locale);
  return <Sign icon={IconCheck} tone="good">{t`ради до: ${until}`}</Sign>;
};
