import { IconBolt, IconClockHour4, IconFlame, IconPhoneCall, type TablerIcon } from "@tabler/icons-react";
import { Sign, type Tone } from "@/ui";
import { useLabel } from "./lists";

const LOOKS: Record<string, readonly [TablerIcon, Tone]> = {
  routine: [IconClockHour4, "quiet"],
  urgent: [IconBolt, "soon"],
  asap: [IconFlame, "late"],
  stat: [IconPhoneCall, "late"],
};

/** How pressing something is. Wants the list `urgencies`. */
export const UrgencySign = ({ code }: { code: string }) => {
  const label = useLabel("urgencies");
  const [icon, tone] = LOOKS[code] ?? [IconClockHour4, "quiet"];
  return code === "" ? null : (
    <Sign icon={icon} tone={tone}>
      {label(code)}
    </Sign>
  );
};
