import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import type { ServiceOut } from "@/api/gen";
import { useLabel, useOrganisations } from "@/reference";
import { Alert, Button, ButtonLink, day, Group, ProblemNotice, Stack, Text, TextLink, Title } from "@/ui";
import type { Held } from "./held";
import { NotKnown } from "./NotKnown";
import { send, takeBack, useHeld } from "./outbox";
import type { SentReferral, useRefer } from "./use-refer";

interface Props extends SentReferral {
  refer: Pick<ReturnType<typeof useRefer>, "draft" | "again">;
}

/** After "send": ten seconds to take it back, then where it went and what comes next. */
export const Sent = ({ id, service, refer }: Props) => {
  const held = useHeld(id);
  const heading = useRef<HTMLHeadingElement>(null);
  const phase = held?.phase;
  const { discard } = refer.draft;
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    if (phase === "sent") discard();
  }, [phase, discard]);
  if (held === undefined) return null;
  const undo = () => takeBack(id) && refer.again();
  const next = () => {
    void send(id);
    discard();
    refer.again();
  };
  return (
    <Stack gap="md" className="refer">
      <div role="status">
        <Title order={2} ref={heading} tabIndex={-1} style={{ outline: "none" }}>
          <Said phase={held.phase} />
        </Title>
      </div>
      <Where held={held} service={service} />
      {held.phase === "failed" && <ProblemNotice error={held.problem} retry={() => void send(id)} />}
      {held.phase === "unknown" && <NotKnown held={held} />}
      <Group gap="sm">
        {(held.phase === "held" || held.phase === "failed") && (
          <Button variant="outline" size="md" onClick={undo}>
            {held.phase === "held" ? <Trans>Опозови</Trans> : <Trans>Врати се на упут</Trans>}
          </Button>
        )}
        <Button variant="default" size="md" onClick={next}>
          <Trans>Још један упут за исти случај</Trans>
        </Button>
        {held.referral.case !== null && (
          <ButtonLink to="/cases/$id" params={{ id: held.referral.case }} variant="subtle" size="md" preload={false}>
            <Trans>Назад на случај</Trans>
          </ButtonLink>
        )}
      </Group>
      {held.phase === "sent" && <Paper held={held} service={service} />}
    </Stack>
  );
};

const Said = ({ phase }: Pick<Held, "phase">) => {
  if (phase === "sent") return <Trans>Упут је послат</Trans>;
  if (phase === "failed") return <Trans>Упут још није послат</Trans>;
  if (phase === "unknown") return <Trans>Још се не зна да ли је упут послат</Trans>;
  return <Trans>Упут се шаље за 10 секунди</Trans>;
};

const Where = ({ held: { referral }, service }: { held: Held; service: ServiceOut | undefined }) => {
  const { i18n } = useLingui();
  const label = useLabel("services");
  return (
    <div>
      <Text fw={600}>
        {service === undefined
          ? referral.code
          : `${service.name || label(service.code)} – ${service.organisation_name}`}
      </Text>
      {referral.due_at !== null && (
        <Text>
          <Trans>Рок за први контакт: {day(referral.due_at, i18n.locale)}</Trans>
        </Text>
      )}
      <TextLink to="/referrals/$id" params={{ id: referral.id }} preload={false}>
        {referral.code}
      </TextLink>
    </div>
  );
};

const Paper = ({ held: { referral }, service }: { held: Held; service: ServiceOut | undefined }) => {
  const home = useOrganisations().find(({ id }) => id === service?.organisation);
  const links = (
    <Group gap="sm">
      <ButtonLink to="/print/letter/$id" params={{ id: referral.id }} variant="default" preload={false}>
        <Trans>Одштампај допис</Trans>
      </ButtonLink>
      <ButtonLink to="/print/slip/$id" params={{ id: referral.id }} variant="default" preload={false}>
        <Trans>Одштампај цедуљу за особу</Trans>
      </ButtonLink>
    </Group>
  );
  if (home?.has_accounts !== false) return links;
  return (
    <Alert variant="outline" color="orange">
      <Stack gap="sm">
        <Text>
          <Trans>{home.name} не ради у Спони. Однесите допис, или позовите.</Trans>
        </Text>
        {links}
      </Stack>
    </Alert>
  );
};
