import { Trans, useLingui } from "@lingui/react/macro";
import { IconLock } from "@tabler/icons-react";
import type { CaseOut, NoteStub, RevealedOut } from "@/api/gen";
import { useOrganisationName } from "@/reference";
import { useMe } from "@/session/me";
import { Button, Checkbox, dayAndTime, Group, Sheet, Sign, Stack, Text, useDisclosure } from "@/ui";
import { ChangeNote } from "./ChangeNote";

interface Props {
  one: CaseOut;
  note: NoteStub;
  /** Its words, once they are open. */
  text: string | undefined;
  chosen: boolean;
  onChoose: ((yes: boolean) => void) | undefined;
  onOpened: (text: RevealedOut) => void;
}

export const NoteLine = ({ one, note, text, chosen, onChoose, onOpened }: Props) => {
  const { t, i18n } = useLingui();
  const me = useMe();
  const organisation = useOrganisationName();
  const [changing, { open, close }] = useDisclosure(false);
  const when = dayAndTime(note.created_at, i18n.locale);
  const own = me.organisations.some(({ id }) => id === note.organisation);
  const changes = own && one.allowed_actions.includes("edit") && one.allowed_actions.includes("reveal");
  const heading = `${when} · ${organisation(note.organisation)}`;
  return (
    <li className="line">
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <Heading text={heading} chosen={chosen} onChoose={text === undefined ? onChoose : undefined} />
          <Group gap="xs">
            {note.version > 1 && (
              <Text size="sm" c="dimmed">
                <Trans>мењана</Trans>
              </Text>
            )}
            {text === undefined && <Sign icon={IconLock} tone="quiet">{t`Затворена`}</Sign>}
            {changes && (
              <Button variant="default" onClick={open} aria-label={t`Измени белешку: ${when}`}>
                <Trans>Измени</Trans>
              </Button>
            )}
          </Group>
        </Group>
        {text !== undefined && <Text className="quiet-text">{text}</Text>}
      </Stack>
      {changing && (
        <Sheet title={t`Измени белешку`} opened onClose={close}>
          <ChangeNote one={one} note={note} onOpened={onOpened} onDone={close} />
        </Sheet>
      )}
    </li>
  );
};

/** Of a sealed note that may be opened, whether it is to be. */
const Heading = ({ text, chosen, onChoose }: { text: string } & Pick<Props, "chosen" | "onChoose">) =>
  onChoose === undefined ? (
    <Text size="sm" c="dimmed">
      {text}
    </Text>
  ) : (
    <Checkbox size="md" label={text} checked={chosen} onChange={(event) => onChoose(event.currentTarget.checked)} />
  );
