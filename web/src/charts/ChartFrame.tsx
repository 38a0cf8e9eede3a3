import { Trans } from "@lingui/react/macro";
import { IconChartBar, IconTable } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { Button, Stack, Text, Title } from "@/ui";

interface Props {
  title: string;
  /** What can be seen, in a sentence: for those who do not see it, and for those in a hurry. */
  summary: string;
  children: ReactNode;
  table: ReactNode;
}

/** A chart and its twin, a table with the same numbers. */
export const ChartFrame = ({ title, summary, children, table }: Props) => {
  const [asTable, setAsTable] = useState(false);
  return (
    <Stack component="figure" gap="xs" m={0}>
      <figcaption>
        <Title order={3}>{title}</Title>
        <Text c="dimmed">{summary}</Text>
      </figcaption>
      {asTable ? table : children}
      <Button
        variant="default"
        size="sm"
        className="chart-switch no-print"
        aria-pressed={asTable}
        leftSection={asTable ? <IconChartBar size={18} aria-hidden /> : <IconTable size={18} aria-hidden />}
        onClick={() => setAsTable((old) => !old)}
      >
        {asTable ? <Trans>Прикажи слику</Trans> : <Trans>Прикажи табелу</Trans>}
      </Button>
    </Stack>
  );
};
