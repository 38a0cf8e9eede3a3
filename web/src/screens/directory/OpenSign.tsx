import { useLingui } from "@lingui/react/macro";
import { IconClock, IconClockOff } from "@tabler/icons-react";
import type { ServiceOut } from "@/api/gen";
import { Sign } from "@/ui";
import { openUntil, opensAt } from "./hours";

/** Whether somebody is there at this moment; nothing where the hours are not known. */
export const OpenSign = ({ service: { open_now, schedule } }: { service: ServiceOut }) => {
  const { t } = useLingui();
  if (open_now === null) return null;
  const now = new Date();
  const until = openUntil(schedule, now);
  if (open_now)
    return (
      <Sign icon={IconClock} tone="calm">
        {until === undefined ? t`Сада отворено` : t`Отворено до ${until}`}
      </Sign>
    );
  const at = opensAt(schedule, now);
  return (
    <Sign icon={IconClockOff} tone="quiet">
      {at === undefined ? t`Сада затворено` : t`Отвара се у ${at}`}
    </Sign>
  );
};
