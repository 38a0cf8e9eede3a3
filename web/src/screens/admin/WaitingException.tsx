import { useLingui } from "@lingui/react/macro";
import { ifMatch } from "@/api";
import type { BasisOut } from "@/api/gen";
import { safeguardingConfirmMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useLabel, useOrganisationName } from "@/reference";
import { tell, Text, useSend } from "@/ui";
import { CaseLink } from "./CaseLink";
import { WaitingCard } from "./WaitingCard";

/** What one decided to do without consent because the law demands it. The case may be closed to who confirms. */
export const WaitingException = ({ of }: { of: BasisOut }) => {
  const { t } = useLingui();
  const basis = useLabel("safeguarding_bases")(of.basis);
  const dataClass = useLabel("data_classes");
  const organisation = useOrganisationName();
  const confirm = useSend(safeguardingConfirmMutation(), () => tell(t`Изузетак је потврђен.`));
  return (
    <WaitingCard
      title={t`Законски изузетак: ${basis}`}
      does={t`Неко је одлучио да се без пристанка поступи по закону. Кад потврдите, изузетак важи тридесет дана.`}
      askedBy={of.decided_by}
      askedAt={of.decided_at}
      until={of.valid_until}
      roles={["coordinator", "deputy_coordinator"]}
      problem={confirm.problem}
      isSending={confirm.isPending}
      onConfirm={() => confirm.mutate({ path: { id: of.id }, headers: ifMatch(of) })}
    >
      {of.recipient !== null && <Text>{organisation(of.recipient)}</Text>}
      <Text size="sm">{of.data_classes.map((code) => dataClass(code)).join(", ")}</Text>
      <CaseLink id={of.case} />
    </WaitingCard>
  );
};
