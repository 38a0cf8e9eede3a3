import { Trans } from "@lingui/react/macro";
import type { FormEvent, ReactNode } from "react";
import { type Problem, queryClient } from "@/api";
import { Alert, Button, FaultSummary, Group, ProblemNotice, Stack, Text } from "@/ui";

export interface ActProps<Subject> {
  one: Subject;
  onDone: () => void;
}

interface Props {
  problem: Problem | undefined;
  sending: boolean;
  onSubmit: () => void;
  label: string;
  names?: Record<string, string>;
  danger?: boolean;
  children?: ReactNode;
}

/** What the fields of one act stand in: Enter sends it, and what the service said against it stands on top. */
export const ActForm = ({ problem, sending, onSubmit, label, names, danger = false, children }: Props) => {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {problem !== undefined && <Against problem={problem} names={names} />}
        {children}
        <Group justify="flex-end">
          <Button type="submit" size="md" loading={sending} {...(danger ? { color: "red.9" } : {})}>
            {label}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

const Against = ({ problem, names }: { problem: Problem; names: Record<string, string> | undefined }) => {
  if (problem.code === "stale_version") return <Stale />;
  if (problem.faults.length > 0) return <FaultSummary problem={problem} {...(names === undefined ? {} : { names })} />;
  return <ProblemNotice error={problem} />;
};

const Stale = () => (
  <Alert variant="outline" color="orange" role="alert">
    <Stack gap="xs" align="flex-start">
      <Text>
        <Trans>Неко је у међувремену изменио овај случај. Учитајте ново стање, погледајте га и пошаљите поново.</Trans>
      </Text>
      <Button variant="default" onClick={() => void queryClient.invalidateQueries()}>
        <Trans>Учитај ново стање</Trans>
      </Button>
    </Stack>
  </Alert>
);
