import "./referral.css";
import { useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import type { ReferralOut } from "@/api/gen";
import { Answered, Page } from "@/ui";
import { Acts } from "./Acts";
import { Head } from "./Head";
import { History } from "./History";
import { Place } from "./Place";
import { useReferral } from "./data";
import { Questions } from "./Questions";
import { Shared } from "./Shared";
import { Standing } from "./Standing";
import { Timeline } from "./Timeline";

const route = getRouteApi("/_in/referrals/$id");

/** One referral, for everybody to whom any of it is open. */
export const ReferralPage = () => {
  const { t } = useLingui();
  const { id } = route.useParams();
  const referral = useReferral(id);
  const name = referral.data?.spoken_name || referral.data?.code;
  return (
    <Page title={name === undefined ? t`Упут` : t`Упут: ${name}`}>
      <Answered query={referral}>{(found) => <Whole referral={found} id={id} />}</Answered>
    </Page>
  );
};

const Whole = ({ referral, id }: { referral: ReferralOut; id: string }) => (
  <>
    <Head referral={referral} />
    <Standing referral={referral} />
    <Acts referral={referral} id={id} />
    <div className="referral-parts">
      <div>
        <Questions referral={referral} />
        <div className="referral-timeline">
          <Timeline referral={referral} />
          <History id={referral.id} />
        </div>
      </div>
      <div>
        <Shared referral={referral} />
        <Place referral={referral} />
      </div>
    </div>
  </>
);
