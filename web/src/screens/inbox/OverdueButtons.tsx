import { useLingui } from "@lingui/react/macro";
import type { InboxLine, ReferralRow } from "@/api/gen";
import { useOrganisations } from "@/reference";
import { CallButton, Group } from "@/ui";
import { ToReferral } from "./ToReferral";

interface Props {
  line: InboxLine;
  row: ReferralRow | undefined;
}

/** Late at ours: begin. Late at theirs: call them. */
export const OverdueButtons = ({ line, row }: Props) => {
  const { t } = useLingui();
  if (row?.side === "received") return <ToReferral line={line} act="start" name={t`Први контакт`} />;
  return (
    <Group gap="xs">
      {row?.recipient != null && <Call organisation={row.recipient} />}
      <ToReferral line={line} name={t`Отвори`} main={false} />
    </Group>
  );
};

const Call = ({ organisation }: { organisation: string }) => {
  const found = useOrganisations().find((one) => one.id === organisation);
  return found === undefined ? null : <CallButton phone={found.phone} name={found.name} main />;
};
