import { Group, Text } from "@mantine/core";
import type { TablerIcon } from "@tabler/icons-react";

export type Tone = "calm" | "good" | "soon" | "late" | "quiet";

/** A word with its icon: never an icon or a colour alone. The colours have contrast in light and dark. */
export const Sign = ({ icon: Icon, tone, children }: { icon: TablerIcon; tone: Tone; children: string }) => (
  <Group component="span" gap={4} wrap="nowrap" className={`sign sign-${tone}`} display="inline-flex">
    <Icon size={18} aria-hidden />
    <Text span size="sm" fw={600}>
      {children}
    </Text>
  </Group>
);
