import { Trans } from "@lingui/react/macro";
import { IconDownload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { auditEntriesExport } from "@/api/gen";
import { Button, ProblemNotice, Stack, Text } from "@/ui";
import { saveText } from "./save-text";
import { asked, type LogSearch } from "./search";

/** What was found, as a file: at most twenty rows, and only after the second factor was shown again. */
export const ExportButton = ({ search }: { search: LogSearch }) => {
  const send = useMutation({
    mutationFn: async () =>
      (await auditEntriesExport({ query: asked(search), parseAs: "text", throwOnError: true })).data,
    onSuccess: (csv) => saveText("dnevnik.csv", "text/csv", csv),
  });
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
