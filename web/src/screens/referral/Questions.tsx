import { Trans, useLingui } from "@lingui/react/macro";
import { IconMessageQuestion } from "@tabler/icons-react";
import type { QuestionOut, ReferralOut } from "@/api/gen";
import { useLabel, useOrganisationName } from "@/reference";
import { dayAndTime, Section, Sign, Stack, Text } from "@/ui";

/** What the two sides asked each other, the open questions first. */
export const Questions = ({ referral }: { referral: ReferralOut }) => {
  const { t } = useLingui();
  const { questions } = referral;
  if (questions.length === 0) return null;
  const open = questions.filter((one) => one.replied_at === null);
  const closed = questions.filter((one) => one.replied_at !== null);
  return (
    <Section title={t`Питања`}>
      <ul className="plain-list">
        {[...open, ...closed].map((one) => (
          <li key={one.id}>
            <Asked question={one} referral={referral} />
          </li>
        ))}
      </ul>
    </Section>
  );
};

const Asked = ({ question, referral }: { question: QuestionOut; referral: ReferralOut }) => {
  const { t, i18n } = useLingui();
  const label = useLabel("questions");
  const organisation = useOrganisationName();
  const asker = organisation(question.asked_by_side === "target" ? referral.recipient : referral.requester);
  const asked = dayAndTime(question.asked_at, i18n.locale);
  return (
    <Stack gap={4} className="question">
      <Text fw={600}>{label(question.question_code)}</Text>
      {question.note !== "" && <Text className="quiet-text">{question.note}</Text>}
      <Text size="sm" c="dimmed">
        {[asker, asked].filter((word) => word !== "").join(" · ")}
      </Text>
      {question.replied_at === null ? (
        <Sign icon={IconMessageQuestion} tone="soon">{t`Чека одговор`}</Sign>
      ) : (
        <div className="reply">
          <Text className="quiet-text">{question.reply || t`Одговорено је усмено.`}</Text>
          <Text size="sm" c="dimmed">
            <Trans>Одговорено {dayAndTime(question.replied_at, i18n.locale)}</Trans>
          </Text>
        </div>
      )}
    </Stack>
  );
};
