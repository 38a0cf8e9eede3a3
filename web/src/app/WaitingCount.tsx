import { plural } from "@lingui/core/macro";
import { VisuallyHidden } from "@mantine/core";
import type { MeOut } from "@/api/gen";
import type { Place } from "./navigation";

const MOST = 99;

/** How many referrals wait, beside the inbox in the navigation. */
export const WaitingCount = ({ me, to }: { me: MeOut; to: Place["to"] }) => {
  const { pending } = me;
  if (to !== "/" || pending === 0) return null;
  return (
    <span className="waiting-count numbers">
      <span aria-hidden>{pending > MOST ? `${MOST}+` : pending}</span>
      <VisuallyHidden>
        {plural(pending, { one: "чека # упут", few: "чекају # упута", other: "чека # упута" })}
      </VisuallyHidden>
    </span>
  );
};
