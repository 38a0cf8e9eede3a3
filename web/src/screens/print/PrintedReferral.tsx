import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { ReferralOut } from "@/api/gen";
import { useReferral } from "@/screens/referral/data";
import { Answered, ButtonLink, Empty, Page, Skeletons } from "@/ui";
import { type Destination, useDestination } from "./destination";
import { PrintButton } from "./PrintButton";

interface Props {
  title: string;
  id: string;
  children: (referral: ReferralOut, destination: Destination) => ReactNode;
}

/** What is printed of a referral is printed by who sends it. */
export const PrintedReferral = ({ title, id, children }: Props) => {
  const { t } = useLingui();
  const referral = useReferral(id);
  return (
    <Page
      title={title}
      actions={
        <>
          <ButtonLink to="/referrals/$id" params={{ id }} preload={false} variant="default" size="md">
            {t`Назад на упут`}
          </ButtonLink>
          <PrintButton />
        </>
      }
    >
      <Answered query={referral}>
        {(found) =>
          found.side === "requester" && found.access === "full" ? (
            <Ready referral={found}>{children}</Ready>
          ) : (
            <Empty>
              <Trans>Ово штампа организација која упућује, док је упут отворен.</Trans>
            </Empty>
          )
        }
      </Answered>
    </Page>
  );
};

const Ready = ({ referral, children }: { referral: ReferralOut; children: Props["children"] }) => {
  const destination = useDestination(referral);
  return destination.ready ? children(referral, destination) : <Skeletons lines={6} />;
};
