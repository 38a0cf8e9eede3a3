import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseOut, RevealedOut } from "@/api/gen";
import { Empty, Section, Stack } from "@/ui";
import { NoteLine } from "./NoteLine";
import { RevealForm } from "./RevealForm";
import { WriteNote } from "./WriteNote";

/** Which notes are open, and which of the others are chosen: all, until somebody chooses. */
const useOpening = (one: CaseOut) => {
  const [open, setOpen] = useState<Record<string, RevealedOut>>({});
  const [chosen, setChosen] = useState<string[]>();
  const fresh = (field: string, revision: number): RevealedOut | undefined =>
    open[field]?.revision === revision ? open[field] : undefined;
  const sealed = one.notes.filter((note) => fresh(note.field, note.text.revision) === undefined);
  const fields = sealed.map((note) => note.field).filter((field) => chosen === undefined || chosen.includes(field));
  const choose = (field: string, yes: boolean) =>
    setChosen(yes ? [...fields, field] : fields.filter((other) => other !== field));
  const onRevealed = (revealed: readonly RevealedOut[]) =>
    setOpen((old) => ({ ...old, ...Object.fromEntries(revealed.map((text) => [text.field, text])) }));
  return { fresh, sealed, fields, choose, onRevealed };
};

/** The notes stand sealed: to open some, one says what for. What was opened is shown until the page is left. */
export const Notes = ({ one }: { one: CaseOut }) => {
  const { t } = useLingui();
  const { fresh, sealed, fields, choose, onRevealed } = useOpening(one);
  const count = fields.length;
  const reveals = one.allowed_actions.includes("reveal");
  return (
    <Stack gap="xl">
      <Section title={t`Белешке`}>
        {one.notes.length === 0 && (
          <Empty>
            <Trans>Још нема белешки.</Trans>
          </Empty>
        )}
        {reveals && sealed.length > 0 && (
          <RevealForm
            one={one}
            fields={fields}
            question={t`Зашто Вам требају белешке? То остаје записано.`}
            label={t`Отвори белешке (${count})`}
            onRevealed={onRevealed}
          />
        )}
        <ul className="plain-list">
          {one.notes.map((note) => (
            <NoteLine
              key={note.id}
              one={one}
              note={note}
              text={fresh(note.field, note.text.revision)?.text}
              chosen={fields.includes(note.field)}
              onChoose={reveals ? (yes) => choose(note.field, yes) : undefined}
              onOpened={(text) => onRevealed([text])}
            />
          ))}
        </ul>
      </Section>
      {one.allowed_actions.includes("edit") && <WriteNote one={one} onOpened={(text) => onRevealed([text])} />}
    </Stack>
  );
};
