import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { ReferralOut } from "@/api/gen";
import { servicesRetrieveOptions } from "@/api/gen/@tanstack/react-query.gen";
import { useLabel, useOrganisationName, useOrganisations } from "@/reference";
import { CallButton, day, dayAndTime, Facts, Section, TextLink } from "@/ui";

/** Who sends to whom, by when, and how the person comes; with the number to call. */
export const Place = ({ referral }: { referral: ReferralOut }) => {
  const { t, i18n } = useLingui();
  const organisation = useOrganisationName();
  const modes = useLabel("handover_modes");
  const { requester, recipient, appointment, sent_at, first_contact_at, phoned_at, look_again_on } = referral;
  const moment = (at: string | null) => at !== null && dayAndTime(at, i18n.locale);
  if (referral.access === "stub") return null;
  return (
    <Section title={t`Ко и када`}>
      <Facts
        of={[
          [t`Упућује`, organisation(requester)],
          [t`Прима`, recipient !== null && <ToOrganisation id={recipient} name={organisation(recipient)} />],
          [t`Случај`, referral.case !== null && <ToCase id={referral.case} name={referral.spoken_name} />],
          [t`Термин`, moment(appointment)],
          [t`Како особа долази`, referral.handover_mode !== "" && modes(referral.handover_mode)],
          [t`Послато`, moment(sent_at)],
          [t`Позвано`, moment(phoned_at)],
          [t`Први контакт`, moment(first_contact_at)],
          [t`Погледај поново`, look_again_on !== null && day(look_again_on, i18n.locale)],
        ]}
      />
      <Call referral={referral} />
    </Section>
  );
};

const ToOrganisation = ({ id, name }: { id: string; name: string }) => (
  <TextLink to="/directory/$id" params={{ id }}>
    {name}
  </TextLink>
);

const ToCase = ({ id, name }: { id: string; name: string }) => (
  <TextLink to="/cases/$id" params={{ id }} preload={false}>
    {name}
  </TextLink>
);

/** The other side's number: the service's own before that of the house. */
const Call = ({ referral }: { referral: ReferralOut }) => {
  const { service, side } = referral;
  const found = useQuery({
    ...servicesRetrieveOptions({ path: { id: service ?? "" } }),
    enabled: service !== null && side === "requester",
  });
  const other = side === "requester" ? referral.recipient : referral.requester;
  const organisation = useOrganisations().find((one) => one.id === other);
  if (organisation === undefined) return null;
  const direct = side === "requester" ? (found.data?.phone ?? "") : "";
  return (
    <div className="no-print">
      <CallButton phone={direct || organisation.phone} name={organisation.name} />
    </div>
  );
};
