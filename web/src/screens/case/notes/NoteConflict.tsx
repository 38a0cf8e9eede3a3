import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { Problem } from "@/api";
import { GuardedText, type GuardedValue } from "@/guard";
import { ConflictSheet, FaultSummary, ProblemNotice } from "@/ui";

interface Props {
  mine: GuardedValue;
  theirs: string;
  problem: Problem | undefined;
  sending: boolean;
  onSettle: (value: GuardedValue) => void;
  onClose: () => void;
}

/** Two people wrote the same note: both texts, and one of them, the other or both joined goes on. */
export const NoteConflict = ({ mine, theirs, problem, sending, onSettle, onClose }: Props) => {
  const { t } = useLingui();
  const [checked, setChecked] = useState(mine.namesChecked);
  const field = {
    key: "text",
    name: t`Белешка`,
    mine: mine.text,
    theirs,
    text: true,
    editor: (text: string, onChange: (text: string) => void) => (
      <GuardedText
        size="md"
        label={t`Спојени текст`}
        value={{ text, namesChecked: checked }}
        onChange={(value) => {
          onChange(value.text);
          setChecked(value.namesChecked);
        }}
      />
    ),
  };
  const against = problem === undefined || problem.code === "stale_version" ? undefined : problem;
  return (
    <ConflictSheet
      opened
      fields={[field]}
      sending={sending}
      onSettle={({ text = "" }) => onSettle({ text, namesChecked: checked })}
      onClose={onClose}
    >
      {against !== undefined &&
        (against.faults.length > 0 ? (
          <FaultSummary problem={against} names={{ "/text": t`Белешка` }} />
        ) : (
          <ProblemNotice error={against} />
        ))}
    </ConflictSheet>
  );
};
