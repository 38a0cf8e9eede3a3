import {
  IconCircleDashed,
  IconHourglass,
  IconLock,
  IconPlayerPause,
  IconPlayerPlay,
  IconTrash,
  type TablerIcon,
} from "@tabler/icons-react";
import { Sign, type Tone } from "@/ui";
import { useLabel } from "./lists";

const LOOKS: Record<string, readonly [TablerIcon, Tone]> = {
  proposed: [IconHourglass, "soon"],
  active: [IconPlayerPlay, "calm"],
  on_hold: [IconPlayerPause, "quiet"],
  closed: [IconLock, "quiet"],
  erased: [IconTrash, "quiet"],
};

/** Where a case stands. Wants the list `case_statuses`. */
export const CaseStatus = ({ code }: { code: string }) => {
  const label = useLabel("case_statuses");
  const [icon, tone] = LOOKS[code] ?? [IconCircleDashed, "quiet"];
  return (
    <Sign icon={icon} tone={tone}>
      {label(code)}
    </Sign>
  );
};
