import { Group, Stack, Title } from "@mantine/core";
import { useId, type ReactNode } from "react";

interface Props {
  title: string;
  /** What can be done with all of it. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A part of a page, with a heading that names it for everybody. */
export const Section = ({ title, actions, children }: Props) => {
  const id = useId();
  return (
    <Stack component="section" gap="xs" aria-labelledby={id}>
      <Group justify="space-between" gap="xs">
        <Title order={2} id={id}>
          {title}
        </Title>
        {actions}
      </Group>
      {children}
    </Stack>
  );
};
