import type { Problem } from "@/api";
import { ConflictSheet } from "@/ui";
import { differing, type Flat } from "./conflict";
import { Refusal } from "./Refusal";

interface Props {
  mine: Flat;
  /** Nothing while nobody else has changed it. */
  theirs: Flat | undefined;
  names: Record<string, string>;
  show: (key: string, value: string) => string;
  problem: Problem | undefined;
  sending: boolean;
  onSettle: (settled: Flat) => void;
  onClose: () => void;
}

/** By the names of its fields, the pointers by which the service says what is wrong with them. */
export const pointersOf = (names: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(names).map(([key, name]) => [`/${key}`, name]));

/** A form that somebody else has changed as well: field by field, with what the service says against the choice. */
export const Settle = ({ mine, theirs, names, show, problem, sending, onSettle, onClose }: Props) => {
  const fields = theirs === undefined ? [] : differing(mine, theirs, { names, show });
  return (
    <ConflictSheet opened={fields.length > 0} fields={fields} sending={sending} onSettle={onSettle} onClose={onClose}>
      <Refusal problem={problem?.status === 412 ? undefined : problem} names={pointersOf(names)} />
    </ConflictSheet>
  );
};
