import { useLingui } from "@lingui/react/macro";
import type { ReferralEventOut, ReferralOut } from "@/api/gen";
import { useOrganisationName } from "@/reference";
import { day, dayAndTime, Section, Text } from "@/ui";
import { useEventWords, useHeardFrom } from "./event-words";

/** What happened, the newest first. */
export const Timeline = ({ referral }: { referral: ReferralOut }) => {
  const { t } = useLingui();
  if (referral.events.length === 0) return null;
  return (
    <Section title={t`Ток`}>
      <ol className="timeline" reversed>
        {referral.events.toReversed().map((event) => (
          <li key={`${event.at} ${event.verb}`}>
            <Happened event={event} />
          </li>
        ))}
      </ol>
    </Section>
  );
};

const Happened = ({ event }: { event: ReferralEventOut }) => {
  const { i18n } = useLingui();
  const words = useEventWords();
  const heard = useHeardFrom();
  const organisation = useOrganisationName();
  const { what, why } = words(event);
  const when = event.happened_on === null ? dayAndTime(event.at, i18n.locale) : day(event.happened_on, i18n.locale);
  return (
    <>
      <Text fw={600}>{what}</Text>
      {why !== "" && <Text>{why}</Text>}
      <Text size="sm" c="dimmed">
        {[when, organisation(event.by_organisation), heard(event)].filter((word) => word !== "").join(" · ")}
      </Text>
    </>
  );
};
