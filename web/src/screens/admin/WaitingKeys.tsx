import { Trans, useLingui } from "@lingui/react/macro";
import { IconKeyOff } from "@tabler/icons-react";
import { useState } from "react";
import type { KeyDestructionOut } from "@/api/gen";
import { keyDestructionsDeclineMutation, keyDestructionsExecuteMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useTeamName, useTeams } from "@/reference";
import { useMe } from "@/session/me";
import { Button, Group, Sheet, Stack, tell, useSend } from "@/ui";
import { Declining } from "./Declining";
import { mayExecute } from "./key-destruction";
import { TypedSure } from "./TypedSure";
import { lapsesAt } from "./waiting";
import { WaitingHead } from "./WaitingHead";

/** The end of all keys of a team waits for the key custodian. Both sides may say no. */
export const WaitingKeys = ({ of }: { of: KeyDestructionOut }) => {
  const { t } = useLingui();
  const me = useMe();
  const team = useTeamName()(of.team);
  const decline = useSend(keyDestructionsDeclineMutation(), () => tell(t`Кључеви остају.`));
  return (
    <Stack gap="xs">
      <WaitingHead
        title={t`Уништење кључева: ${team}`}
        does={t`Кад се изврши, нико више не може да прочита ниједан случај тог тима, ни из резервних копија.`}
        askedBy={of.asked_by}
        askedAt={of.asked_at}
        until={lapsesAt(of.asked_at)}
        problem={decline.problem}
      />
      <Group gap="xs">
        {mayExecute(me, of) && <Execute of={of} team={team} />}
        <Declining
          mine={of.asked_by === me.id}
          sending={decline.isPending}
          onDecline={() => decline.mutate({ path: { id: of.id } })}
        />
      </Group>
    </Stack>
  );
};

const Execute = ({ of, team }: { of: KeyDestructionOut; team: string }) => {
  const { t } = useLingui();
  const prefix = useTeams().find(({ id }) => id === of.team)?.prefix;
  const [isOpen, setOpen] = useState(false);
  const execute = useSend(keyDestructionsExecuteMutation(), () => tell(t`Кључеви тима су уништени.`));
  if (prefix === undefined) return null;
  return (
    <>
      <Button
        size="md"
        color="red"
        leftSection={<IconKeyOff size={18} aria-hidden />}
        aria-label={t`Уништи кључеве: ${team}`}
        onClick={() => setOpen(true)}
      >
        <Trans>Уништи кључеве</Trans>
      </Button>
      <Sheet title={t`Уништење кључева: ${team}`} opened={isOpen} onClose={() => setOpen(false)}>
        {isOpen && (
          <TypedSure
            says={t`Сви кључеви тима „${team}“ уништавају се одмах. Нико више не може да прочита ниједан случај тог тима, ни из резервних копија, и нико то не може да врати.`}
            prefix={prefix}
            button={t`Уништи кључеве заувек`}
            problem={execute.problem}
            sending={execute.isPending}
            onSure={() => execute.mutate({ path: { id: of.id } })}
          />
        )}
      </Sheet>
    </>
  );
};
