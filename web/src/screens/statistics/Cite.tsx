import { useLingui } from "@lingui/react/macro";
import type { ReleaseRow } from "@/api/gen";
import { day, Section } from "@/ui";
import { Quote } from "./Quote";
import { usePeriod } from "./periods";

/** How to name the release as a source. */
export const Cite = ({ release }: { release: ReleaseRow }) => {
  const { t, i18n } = useLingui();
  const period = usePeriod();
  const { number, sha256, approved_at: approved } = release;
  const when = period(release.period);
  const published = approved === null ? "" : day(approved, i18n.locale);
  return (
    <Section title={t`Како навести извор`}>
      <Quote text={t`Спона, издање ${number}: ${when} Објављено ${published}, SHA-256 ${sha256}.`} />
    </Section>
  );
};
