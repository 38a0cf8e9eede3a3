import { Button, Stack, Text } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import { IconDownload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { ProblemNotice } from "./ProblemNotice";
import { saveText } from "./save-text";

interface Props {
  file: string;
  /** Asks for what is shown, as a file. */
  take: () => Promise<string>;
}

/** A list as a file: at most twenty rows, and only after the second factor was shown again. */
export const CsvButton = ({ file, take }: Props) => {
  const send = useMutation({ mutationFn: take, onSuccess: (csv) => saveText(file, "text/csv", csv) });
  return (
    <Stack gap={4} align="flex-end">
      <Button
        variant="default"
        size="md"
        loading={send.isPending}
        leftSection={<IconDownload size={18} aria-hidden />}
        onClick={() => send.mutate()}
      >
        <Trans>Преузми CSV</Trans>
      </Button>
      <Text size="sm" c="dimmed">
        <Trans>Највише 20 редова.</Trans>
      </Text>
      {send.isError && <ProblemNotice error={send.error} />}
    </Stack>
  );
};
