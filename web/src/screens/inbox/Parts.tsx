import { useLingui } from "@lingui/react/macro";
import { useState, type ReactNode } from "react";
import type { InboxLine, InboxOut } from "@/api/gen";
import { Section } from "@/ui";
import { AnswerButtons } from "./AnswerButtons";
import { ConsentLine } from "./ConsentLine";
import { useRows } from "./data";
import { DeclineSheet } from "./DeclineSheet";
import { Line } from "./Line";
import { OverdueButtons } from "./OverdueButtons";
import { partsOf } from "./parts";
import { ToReferral } from "./ToReferral";

interface PartProps {
  title: string;
  lines: readonly InboxLine[];
  children: (line: InboxLine) => ReactNode;
}

const Part = ({ title, lines, children }: PartProps) =>
  lines.length === 0 ? null : (
    <Section title={title}>
      <ul className="plain-list">{lines.map(children)}</ul>
    </Section>
  );

/** The lists of the inbox, the most pressing first, each line with what can be done about it at once. */
export const Parts = ({ inbox }: { inbox: InboxOut }) => {
  const { t } = useLingui();
  const parts = partsOf(inbox);
  const rows = useRows(inbox);
  const [declined, decline] = useState<InboxLine>();
  return (
    <>
      <Part title={t`За одговор`} lines={parts.to_answer}>
        {(line) => (
          <Line key={line.id} line={line}>
            <AnswerButtons line={line} row={rows.of(line.id)} pending={rows.pending} decline={() => decline(line)} />
          </Line>
        )}
      </Part>
      <Part title={t`Рок је прошао`} lines={parts.overdue}>
        {(line) => (
          <Line key={line.id} line={line} late>
            <OverdueButtons line={line} row={rows.of(line.id)} />
          </Line>
        )}
      </Part>
      <Part title={t`Стигао је одговор`} lines={parts.answered_not_acknowledged}>
        {(line) => (
          <Line key={line.id} line={line} answered>
            <ToReferral line={line} act="acknowledge" name={t`Шта је следеће`} />
          </Line>
        )}
      </Part>
      <Part title={t`Пристанци који ускоро истичу`} lines={parts.expiring_consent}>
        {(line) => <ConsentLine key={line.id} line={line} />}
      </Part>
      <DeclineSheet line={declined} row={rows.of(declined?.id ?? "")} onClose={() => decline(undefined)} />
    </>
  );
};
