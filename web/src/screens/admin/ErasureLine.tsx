import { Trans, useLingui } from "@lingui/react/macro";
import { IconBan, IconCheck, IconHourglass } from "@tabler/icons-react";
import { useState } from "react";
import type { ErasureOut } from "@/api/gen";
import { erasuresExecuteMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useTeamName } from "@/reference";
import { may, useMe } from "@/session/me";
import { Button, day, Group, ProblemNotice, Sheet, Sign, Stack, tell, Text, useSend } from "@/ui";
import { CaseLink } from "./CaseLink";
import { Certificate } from "./Certificate";
import { SureButton } from "./SureButton";
import { useErasureReason, useErasureState } from "./words";
import { WaitingErasure } from "./WaitingCases";

const SIGNS = { destroyed: [IconCheck, "good"], declined: [IconBan, "quiet"], lapsed: [IconBan, "quiet"] } as const;
const isEnded = (state: string): state is keyof typeof SIGNS => state in SIGNS;

export const ErasureLine = ({ erasure }: { erasure: ErasureOut }) => {
  const { t, i18n } = useLingui();
  const team = useTeamName()(erasure.team);
  const reason = useErasureReason()(erasure.reason);
  const state = useErasureState()(erasure.state);
  if (erasure.state === "requested") {
    return (
      <Stack gap="xs">
        <WaitingErasure of={erasure} />
        <CaseLink id={erasure.case} />
      </Stack>
    );
  }
  const [icon, tone] = isEnded(erasure.state) ? SIGNS[erasure.state] : ([IconHourglass, "soon"] as const);
  const on = day(erasure.executed_at ?? erasure.requested_at, i18n.locale);
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <div>
          <Text fw={600}>{t`Брисање једног случаја: ${team}`}</Text>
          <Text size="sm" c="dimmed">
            {on}, {reason}
          </Text>
        </div>
        <Sign icon={icon} tone={tone}>
          {state}
        </Sign>
      </Group>
      {erasure.executed_at === null && <CaseLink id={erasure.case} />}
      {erasure.state === "confirmed" && <Execute of={erasure} />}
      {erasure.executed_at !== null && <ShowCertificate id={erasure.id} on={on} />}
    </Stack>
  );
};

/** Who has confirmed it does not carry it out as well. */
const Execute = ({ of }: { of: ErasureOut }) => {
  const { t } = useLingui();
  const me = useMe();
  const execute = useSend(erasuresExecuteMutation(), () => tell(t`Случај је обрисан.`));
  if (!may(me, "erasure.execute") || of.confirmed_by === me.id) return null;
  return (
    <>
      {execute.problem !== undefined && <ProblemNotice error={execute.problem} />}
      <SureButton
        name={t`Изврши брисање`}
        sure={t`Да, обриши заувек`}
        loading={execute.isPending}
        onSure={() => execute.mutate({ path: { id: of.id } })}
      />
    </>
  );
};

const ShowCertificate = ({ id, on }: { id: string; on: string }) => {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  return (
    <Group>
      <Button variant="default" size="md" aria-label={t`Потврда о брисању: ${on}`} onClick={() => setOpen(true)}>
        <Trans>Потврда о брисању</Trans>
      </Button>
      <Sheet title={t`Потврда о брисању`} opened={isOpen} onClose={() => setOpen(false)}>
        {isOpen && <Certificate id={id} />}
      </Sheet>
    </Group>
  );
};
