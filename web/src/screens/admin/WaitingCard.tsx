import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { useMe } from "@/session/me";
import { Button, Group, Stack } from "@/ui";
import { Declining } from "./Declining";
import { WaitingHead, type Waits } from "./WaitingHead";

interface Props extends Waits {
  /** The roles of which one may confirm; null where the service says it in another way. */
  roles: readonly string[] | null;
  isSending: boolean;
  onConfirm: () => void;
  onDecline?: () => void;
  /** What can be looked at before one answers. */
  children?: ReactNode;
}

/** One thing that waits, and the two answers. */
export const WaitingCard = ({ roles, isSending, onConfirm, onDecline, children, ...waits }: Props) => {
  const { t } = useLingui();
  const me = useMe();
  const mine = waits.askedBy === me.id;
  const asked = roles === null || me.seats.some(({ role }) => roles.includes(role));
  const { title } = waits;
  return (
    <Stack gap="xs">
      <WaitingHead {...waits} />
      {children}
      <Group gap="xs">
        {!mine && asked && (
          <Button size="md" loading={isSending} onClick={onConfirm} aria-label={t`Потврди: ${title}`}>
            <Trans>Потврди</Trans>
          </Button>
        )}
        {onDecline !== undefined && (mine || asked) && (
          <Declining mine={mine} sending={isSending} onDecline={onDecline} />
        )}
      </Group>
    </Stack>
  );
};
