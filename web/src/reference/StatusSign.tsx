import {
  IconBan,
  IconCheck,
  IconCircleCheck,
  IconCircleDashed,
  IconEraser,
  IconHourglass,
  IconPlayerPause,
  IconPlayerPlay,
  IconSend,
  IconX,
  type TablerIcon,
} from "@tabler/icons-react";
import { Sign, type Tone } from "@/ui";
import { useLabel } from "./lists";

const LOOKS: Record<string, readonly [TablerIcon, Tone]> = {
  draft: [IconCircleDashed, "quiet"],
  requested: [IconSend, "calm"],
  accepted: [IconCheck, "calm"],
  "in-progress": [IconPlayerPlay, "calm"],
  "on-hold": [IconPlayerPause, "soon"],
  completed: [IconCircleCheck, "good"],
  rejected: [IconX, "late"],
  failed: [IconHourglass, "late"],
  cancelled: [IconBan, "quiet"],
  "entered-in-error": [IconEraser, "quiet"],
};

/** Where a referral stands. Wants the list `referral_statuses`. */
export const StatusSign = ({ code }: { code: string }) => {
  const label = useLabel("referral_statuses");
  const [icon, tone] = LOOKS[code] ?? [IconCircleDashed, "quiet"];
  return (
    <Sign icon={icon} tone={tone}>
      {label(code)}
    </Sign>
  );
};
