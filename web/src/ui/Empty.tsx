import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";

/** What is said where nothing is: why, and what can be done. */
export const Empty = ({ children, action }: { children: ReactNode; action?: ReactNode }) => (
  <Stack gap="xs" py="md" align="flex-start">
    <Text c="dimmed">{children}</Text>
    {action}
  </Stack>
);
