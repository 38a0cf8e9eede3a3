import { useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { ifMatch, onward } from "@/api";
import type { AgreementOut } from "@/api/gen";
import {
  sharingAgreementsListInfiniteOptions,
  sharingAgreementsUpdateMutation,
} from "@/api/gen/@tanstack/react-query.gen";
import { useOrganisationName, useTeamName } from "@/reference";
import { tell, useSend } from "@/ui";
import { EditAgreement } from "./EditAgreement";
import { HoldsLine } from "./HoldsLine";
import { Rows } from "./Rows";

interface Props {
  query: { organisation?: string; team?: string; live?: boolean };
}

/** The agreements by which an organisation sits in a team. */
export const SharingAgreements = ({ query }: Props) => {
  const { t } = useLingui();
  const agreements = useInfiniteQuery({ ...sharingAgreementsListInfiniteOptions({ query }), ...onward });
  return (
    <Rows query={agreements} rowKey={({ id }) => id} none={t`Нема таквог споразума.`}>
      {(one) => <Line agreement={one} />}
    </Rows>
  );
};

const Line = ({ agreement }: { agreement: AgreementOut }) => {
  const { t } = useLingui();
  const name = useOrganisationName()(agreement.organisation);
  const team = useTeamName()(agreement.team);
  const { id } = agreement;
  const end = useSend(sharingAgreementsUpdateMutation(), () => tell(t`Споразум је завршен.`));
  const onEnd = () =>
    end.mutate({ path: { id }, headers: ifMatch(agreement), body: { valid_until: new Date().toISOString() } });
  return (
    <HoldsLine
      title={name}
      facts={t`Споразум са тимом: ${team}`}
      of={agreement}
      sure={t`Да, организација одмах излази из тима`}
      problem={end.problem}
      isEnding={end.isPending}
      onEnd={onEnd}
    >
      {(close) => <EditAgreement agreement={agreement} onDone={close} />}
    </HoldsLine>
  );
};
