import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { ChangeOut } from "@/api/gen";
import { usePersonName } from "@/reference";
import { dayAndTime, List, Text } from "@/ui";
import { type Changed, type Field, lineOf } from "./line";

interface Props {
  change: ChangeOut;
  /** What was done. */
  what: string;
  fieldOf: (changed: Changed) => Field | undefined;
}

/** One change in a history: what was done, when and by whom, and field by field what became of it. */
export const ChangeLine = ({ change, what, fieldOf }: Props) => {
  const { t } = useLingui();
  const person = usePersonName();
  const words = { changed: (name: string) => t`Измењено: ${name}`, empty: t`празно` };
  const lines = change.fields.map((one) => lineOf(one, fieldOf(one), words)).filter((line) => line !== "");
  return (
    <Happened what={what} at={change.at} who={person(change.author)}>
      {lines.length > 0 && (
        <List size="sm" mt={4}>
          {lines.map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
      )}
    </Happened>
  );
};

interface HappenedProps {
  what: ReactNode;
  at: string;
  who: string;
  children?: ReactNode;
}

/** What happened, when, and who it was. */
export const Happened = ({ what, at, who, children }: HappenedProps) => {
  const { i18n } = useLingui();
  return (
    <>
      <Text fw={500}>{what}</Text>
      <Text size="sm" c="dimmed">
        {[dayAndTime(at, i18n.locale), who].filter((word) => word !== "").join(" · ")}
      </Text>
      {children}
    </>
  );
};
