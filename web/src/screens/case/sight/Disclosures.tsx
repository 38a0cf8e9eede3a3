import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { CaseOut, DisclosureRow } from "@/api/gen";
import { disclosuresListOptions } from "@/api/gen/@tanstack/react-query.gen";
import { useLabel, useOrganisationName } from "@/reference";
import { dayAndTime, Section, Text, TextLink } from "@/ui";
import { readOnce } from "../data";
import { Lines } from "../Lines";

/** To whom which data were given: what the person may ask for at any time. */
export const Disclosures = ({ one }: { one: CaseOut }) => {
  const { t } = useLingui();
  const query = { page_size: 100 };
  const disclosures = useQuery({ ...disclosuresListOptions({ path: { case_id: one.id }, query }), ...readOnce });
  return (
    <Section title={t`Коме су подаци дати`}>
      <Lines query={disclosures} none={t`Подаци још никоме нису дати.`}>
        {(row) => <Line key={row.id} row={row} />}
      </Lines>
    </Section>
  );
};

const Line = ({ row }: { row: DisclosureRow }) => {
  const { t, i18n } = useLingui();
  const name = useOrganisationName();
  const classes = useLabel("data_classes");
  const basis = useLabel("safeguarding_bases");
  const why = row.safeguarding_basis === null ? t`уз пристанак` : basis(row.safeguarding_basis);
  return (
    <li className="line">
      <Text fw={500}>{row.organisation === null ? t`ван Споне` : name(row.organisation)}</Text>
      <Text size="sm">{row.data_classes.map((code) => classes(code)).join(", ")}</Text>
      <Text size="sm" c="dimmed">
        {dayAndTime(row.at, i18n.locale)} · {why}
        {row.referral !== null && (
          <>
            {" · "}
            <TextLink size="sm" to="/referrals/$id" params={{ id: row.referral }} preload={false}>
              <Trans>упут</Trans>
            </TextLink>
          </>
        )}
      </Text>
    </li>
  );
};
