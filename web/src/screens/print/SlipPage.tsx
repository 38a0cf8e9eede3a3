import "./print.css";
import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { ReferralOut } from "@/api/gen";
import { Checkbox, dayAndTime, Title, until } from "@/ui";
import type { Destination } from "./destination";
import { Hours } from "./Hours";
import { PrintedReferral } from "./PrintedReferral";

const route = getRouteApi("/_in/print/slip/$id");

/** What the person takes along: where, when, and a word to say. */
export const SlipPage = () => {
  const { t } = useLingui();
  const { id } = route.useParams();
  return (
    <PrintedReferral title={t`Листић за особу`} id={id}>
      {(referral, destination) => <Slip referral={referral} destination={destination} />}
    </PrintedReferral>
  );
};

/** Whoever finds it shall not learn what for: neither the service nor the need, and no code of the case. */
const Slip = ({ referral, destination }: { referral: ReferralOut; destination: Destination }) => {
  const { t } = useLingui();
  const { from, to } = destination;
  const [named, setNamed] = useState(true);
  return (
    <>
      <Checkbox
        className="no-print"
        size="md"
        label={t`Са називом организације`}
        description={t`Без њега се из листића не види ни куда особа иде.`}
        checked={named}
        onChange={(event) => setNamed(event.currentTarget.checked)}
      />
      <article className="sheet sheet-slip">
        {named && <Title order={2}>{to?.name}</Title>}
        <Where destination={destination} />
        <When referral={referral} />
        <p>
          <Trans>Покажите овај листић или реците:</Trans>
        </p>
        <p className="sheet-word">{referral.spoken_name}</p>
        {from !== undefined && from.phone !== "" && (
          <p className="sheet-quiet">
            <Trans>
              За питања: {named ? `${from.name}, ` : ""}
              {from.phone}
            </Trans>
          </p>
        )}
      </article>
    </>
  );
};

const Where = ({ destination: { service, phone } }: { destination: Destination }) => {
  const address = service?.address ?? "";
  return (
    <>
      {address === "" ? (
        <p>
          <Trans>Где да дођете сазнаћете телефоном.</Trans>
        </p>
      ) : (
        <p>{address}</p>
      )}
      {phone !== "" && (
        <p>
          <Trans>Телефон: {phone}</Trans>
        </p>
      )}
      {service !== undefined && <Hours schedule={service.schedule} />}
    </>
  );
};

const When = ({ referral }: { referral: ReferralOut }) => {
  const { i18n } = useLingui();
  const { appointment, due_at } = referral;
  if (appointment !== null)
    return (
      <p>
        <strong>
          <Trans>Термин: {dayAndTime(appointment, i18n.locale)}</Trans>
        </strong>
      </p>
    );
  if (due_at === null || new Date(due_at) < new Date()) return null;
  return (
    <p>
      <Trans>Јавите се најкасније: {until(due_at, i18n.locale)}</Trans>
    </p>
  );
};
