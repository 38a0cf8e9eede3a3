import type { InboxLine } from "@/api/gen";
import { ButtonLink } from "@/ui";

interface Props {
  line: InboxLine;
  name: string;
  /** What to begin there at once. */
  act?: "reply" | "acknowledge" | "start";
  main?: boolean;
}

/** Go on at the referral's own page; said with the name, so that ten such links can be told apart. */
export const ToReferral = ({ line, act, name, main = true }: Props) => {
  const whose = line.spoken_name || line.code;
  return (
    <ButtonLink
      to="/referrals/$id"
      params={{ id: line.id }}
      search={act === undefined ? {} : { act }}
      size="md"
      variant={main ? "filled" : "default"}
      aria-label={`${name}: ${whose}`}
    >
      {name}
    </ButtonLink>
  );
};
