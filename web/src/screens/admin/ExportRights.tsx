import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { ifMatch } from "@/api";
import type { RequestOut } from "@/api/gen";
import { rightsRequestsExportMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useMe } from "@/session/me";
import { Alert, Button, Group, ProblemNotice, saveText, Section, Stack, Text, useSend } from "@/ui";

interface Made {
  text: string;
  data: string;
}

/** Everything that is held, as a text to read and as data. It is in the memory of this page alone until it is saved. */
export const ExportRights = ({ request }: { request: RequestOut }) => {
  const { t } = useLingui();
  const me = useMe();
  const [made, setMade] = useState<Made | null>(null);
  if (!me.seats.some((one) => one.role === "coordinator" || one.acting)) return null;
  const waits = request.confirmed_by === null && request.recorded_by === me.id;
  return (
    <Section title={t`Све што се чува о особи`}>
      {waits && (
        <Text>
          <Trans>
            Ви сте уписали захтев, па пре издавања потврђује неко други: лице за заштиту података или координација.
          </Trans>
        </Text>
      )}
      {!waits && made === null && <Open request={request} onMade={setMade} />}
      {!waits && made !== null && <Save made={made} />}
    </Section>
  );
};

const Open = ({ request, onMade }: { request: RequestOut; onMade: (made: Made) => void }) => {
  const { i18n } = useLingui();
  const send = useSend(rightsRequestsExportMutation(), (held) => {
    const text = held.text[i18n.locale] ?? "";
    const notice = held.redisclosure_notice[i18n.locale] ?? "";
    onMade({ text: `${text}\n\n${notice}\n`, data: JSON.stringify(held, null, 2) });
  });
  return (
    <Stack gap="md">
      {send.problem !== undefined && <ProblemNotice error={send.problem} />}
      <Button
        size="md"
        loading={send.isPending}
        onClick={() => send.mutate({ path: { id: request.id }, headers: ifMatch(request) })}
      >
        <Trans>Отвори податке за особу</Trans>
      </Button>
    </Stack>
  );
};

const Save = ({ made }: { made: Made }) => {
  const { t } = useLingui();
  return (
    <Stack gap="md">
      <Alert variant="outline" title={t`Датотека садржи све о особи`}>
        <Text>
          <Trans>Предајте је само особи. Кад то урадите, обришите је са рачунара.</Trans>
        </Text>
      </Alert>
      <Group gap="xs">
        <Button size="md" onClick={() => saveText("spona.txt", "text/plain", made.text)}>
          <Trans>Сачувај за читање</Trans>
        </Button>
        <Button variant="default" size="md" onClick={() => saveText("spona.json", "application/json", made.data)}>
          <Trans>Сачувај као JSON</Trans>
        </Button>
      </Group>
    </Stack>
  );
};
