import { useLingui } from "@lingui/react/macro";
import { Group, Stack, Title } from "@mantine/core";
import { useEffect, useRef, type ReactNode } from "react";

interface Props {
  title: string;
  /** Buttons for the page as a whole. */
  actions?: ReactNode;
  children: ReactNode;
}

const inField = (): boolean => document.activeElement?.matches("input, textarea, select") ?? false;

/** One page: its heading takes the focus when it opens, so that a screen reader says where one is; unless the page
 * itself has put it into a field. */
export const Page = ({ title, actions, children }: Props) => {
  const { t } = useLingui();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${t`Спона`}`;
  }, [title, t]);
  // Not when texts arrive later: somebody may have gone on by then.
  useEffect(() => {
    if (!inField()) heading.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <Stack gap="lg">
      <Group justify="space-between" gap="sm">
        <Title order={1} ref={heading} tabIndex={-1} style={{ outline: "none" }}>
          {title}
        </Title>
        {actions !== undefined && (
          <Group gap="xs" className="no-print">
            {actions}
          </Group>
        )}
      </Group>
      {children}
    </Stack>
  );
};
