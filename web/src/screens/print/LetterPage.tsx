import "./print.css";
import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { OrganisationOut, ReferralOut } from "@/api/gen";
import { useItemText, useLabel, useServiceName } from "@/reference";
import { Note } from "@/screens/referral/Note";
import { day, dayAndTime, Facts, Title, until } from "@/ui";
import { AnswerSlip } from "./AnswerSlip";
import type { Destination } from "./destination";
import { PrintedReferral } from "./PrintedReferral";

const route = getRouteApi("/_in/print/letter/$id");

/** For a provider that has no account: the referral on paper, and a part to answer on. */
export const LetterPage = () => {
  const { t } = useLingui();
  const { id } = route.useParams();
  return (
    <PrintedReferral title={t`Писмо уз упут`} id={id}>
      {(referral, destination) => <Letter referral={referral} destination={destination} />}
    </PrintedReferral>
  );
};

const Letter = ({ referral, destination }: { referral: ReferralOut; destination: Destination }) => {
  const { i18n } = useLingui();
  const service = useServiceName();
  const { from, to, phone } = destination;
  const name = service(referral.service_code);
  return (
    <article className="sheet sheet-letter">
      <div className="sheet-sides">
        <Side name={<Trans>Упућује</Trans>} organisation={from} phone={from?.phone ?? ""} />
        <Side
          name={<Trans>Прима</Trans>}
          organisation={to}
          phone={phone}
          address={destination.service?.address ?? ""}
        />
      </div>
      <p>{day(referral.sent_at ?? referral.created_at, i18n.locale)}</p>
      <Title order={2}>
        <Trans>Упут {referral.code}</Trans>
      </Title>
      <p>
        <Trans>
          Поштовани, упућујемо Вам особу за услугу „{name}“. У овом писму нема имена: ознаку упута и особу повезује само
          евиденција сваке организације.
        </Trans>
      </p>
      <What referral={referral} />
      {referral.narrative !== null && <Note referral={referral} />}
      <AnswerSlip code={referral.code} phone={from?.phone ?? ""} />
      <p className="sheet-quiet">{referral.redisclosure_notice[i18n.locale]}</p>
    </article>
  );
};

interface SideProps {
  name: ReactNode;
  organisation: OrganisationOut | undefined;
  phone: string;
  address?: string;
}

const Side = ({ name, organisation, phone, address = "" }: SideProps) => (
  <div>
    <p className="sheet-quiet">{name}</p>
    <p>
      <strong>{organisation?.name}</strong>
    </p>
    {address !== "" && <p>{address}</p>}
    {phone !== "" && <p>{phone}</p>}
  </div>
);

const What = ({ referral }: { referral: ReferralOut }) => {
  const { t, i18n } = useLingui();
  const needs = useLabel("needs");
  const urgencies = useLabel("urgencies");
  const modes = useLabel("handover_modes");
  const classes = useLabel("data_classes");
  const item = useItemText();
  const { need, urgency, due_at, appointment, handover_mode, age_band, data_classes } = referral;
  return (
    <Facts
      of={[
        [t`Потреба`, need !== null && needs(need.code)],
        [t`Старост`, age_band !== null && item("age_band", age_band)],
        [t`Хитност`, urgencies(urgency)],
        [t`Први контакт до`, due_at !== null && until(due_at, i18n.locale)],
        [t`Термин`, appointment !== null && dayAndTime(appointment, i18n.locale)],
        [t`Како особа долази`, handover_mode !== "" && modes(handover_mode)],
        [t`Пристанак обухвата`, data_classes.map((one) => classes(one)).join(", ")],
      ]}
    />
  );
};
