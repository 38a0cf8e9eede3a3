import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconHelpCircle } from "@tabler/icons-react";
import type { ServiceOut } from "@/api/gen";
import { Group, Sign, Text, untilNow } from "@/ui";
import { capacityOf } from "./capacity";

const LOOKS = {
  free: { icon: IconCircleCheck, tone: "good" },
  full: { icon: IconCircleX, tone: "late" },
  old: { icon: IconAlertTriangle, tone: "soon" },
  unknown: { icon: IconHelpCircle, tone: "quiet" },
} as const;

/** How many places are free, and how long ago that was said: a number without its age helps nobody. */
export const CapacitySign = ({ service }: { service: ServiceOut }) => {
  const { t, i18n } = useLingui();
  const kind = capacityOf(service);
  const free = service.capacity_free ?? 0;
  const places = plural(free, { one: "# слободно место", few: "# слободна места", other: "# слободних места" });
  const said = { free: places, full: t`Нема места`, old: places, unknown: t`Места: није јављено` }[kind];
  const when = service.capacity_confirmed_at === null ? "" : untilNow(service.capacity_confirmed_at, i18n.locale);
  return (
    <Group component="span" gap={6} display="inline-flex">
      <Sign {...LOOKS[kind]}>{said}</Sign>
      {when !== "" && (
        <Text span size="sm" c="dimmed">
          {kind === "old" ? t`потврђено ${when}, проверите` : t`потврђено ${when}`}
        </Text>
      )}
    </Group>
  );
};
