import { Alert, List } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import type { Problem } from "@/api";

/** What the service did not accept in a form (422, or 400 with faults): it takes the focus when it appears. */
export const FaultSummary = ({ problem, names }: { problem: Problem; names?: Record<string, string> }) => {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [problem]);
  return (
    <Alert
      ref={box}
      tabIndex={-1}
      color="red"
      variant="outline"
      role="alert"
      title={<Trans>Погледајте још једном</Trans>}
    >
      <List>
        {problem.faults.map((fault) => (
          <List.Item key={`${fault.pointer} ${fault.code}`}>
            {names?.[fault.pointer] !== undefined && <strong>{names[fault.pointer]}: </strong>}
            {fault.detail}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
};
