import { Trans, useLingui } from "@lingui/react/macro";
import { IconLock } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { ReferralOut, RevealPurposesCode } from "@/api/gen";
import { referralsRevealMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useLabel } from "@/reference";
import { Button, Choices, ProblemNotice, Stack, Text } from "@/ui";

const PURPOSES: readonly RevealPurposesCode[] = [
  "direct_work",
  "plan_review",
  "answer_question",
  "handover",
  "rights_request",
  "safeguarding",
  "correction",
];

/** The sealed note: opened for a stated purpose, and that is recorded. It stays on the page only. */
export const Note = ({ referral }: { referral: ReferralOut }) => {
  const { t } = useLingui();
  const label = useLabel("reveal_purposes");
  const [asked, ask] = useState(false);
  const [purpose, choose] = useState<RevealPurposesCode>("direct_work");
  const opened = useMutation(referralsRevealMutation());
  const text = opened.data?.narrative;
  if (text !== undefined)
    return (
      <Stack gap={4} className="question">
        <Text fw={600}>{t`Белешка`}</Text>
        <Text className="quiet-text">{text}</Text>
      </Stack>
    );
  if (!asked)
    return (
      <Button
        className="no-print"
        variant="default"
        size="md"
        leftSection={<IconLock size={20} aria-hidden />}
        onClick={() => ask(true)}
      >
        <Trans>Отвори белешку</Trans>
      </Button>
    );
  const body = { fields: ["narrative"], purpose };
  return (
    <Stack gap="sm" className="question no-print">
      <Choices
        label={t`Зашто отварате белешку?`}
        value={purpose}
        onChange={choose}
        options={PURPOSES.map((value) => ({ value, label: label(value) }))}
      />
      <Text size="sm" c="dimmed">
        <Trans>Бележи се ко је отворио и зашто.</Trans>
      </Text>
      {opened.error !== null && <ProblemNotice error={opened.error} />}
      <Button size="md" loading={opened.isPending} onClick={() => opened.mutate({ path: { id: referral.id }, body })}>
        <Trans>Отвори белешку</Trans>
      </Button>
    </Stack>
  );
};
