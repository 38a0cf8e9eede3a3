import type { ReactNode } from "react";
import type { InboxLine } from "@/api/gen";
import { StatusSign, UrgencySign, useServiceName } from "@/reference";
import { DueSign, Group, Text, TextLink } from "@/ui";

interface Props {
  line: InboxLine;
  late?: boolean;
  /** It has ended: what matters is how, no longer when it was due. */
  answered?: boolean;
  children: ReactNode;
}

/** One referral that waits: of whom, for what, how soon; and beside it what can be done. */
export const Line = ({ line, late, answered = false, children }: Props) => {
  const service = useServiceName();
  return (
    <li className="inbox-line">
      <div className="inbox-what">
        <Group gap="xs" align="baseline">
          <TextLink to="/referrals/$id" params={{ id: line.id }} className="inbox-name" fw={650} size="lg">
            {line.spoken_name || line.code}
          </TextLink>
          {line.spoken_name !== "" && (
            <Text span size="sm" c="dimmed" className="numbers">
              {line.code}
            </Text>
          )}
        </Group>
        <Text>{service(line.service_code)}</Text>
        <Group gap="xs">
          {answered ? <StatusSign code={line.status} /> : <UrgencySign code={line.urgency} />}
          {!answered && line.due_at !== null && <DueSign at={line.due_at} {...(late === undefined ? {} : { late })} />}
        </Group>
      </div>
      <div className="inbox-acts">{children}</div>
    </li>
  );
};
