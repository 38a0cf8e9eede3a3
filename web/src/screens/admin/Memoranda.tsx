import { useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { ifMatch, onward } from "@/api";
import type { MemorandumOut } from "@/api/gen";
import { memorandaListInfiniteOptions, memorandaUpdateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useOrganisationName } from "@/reference";
import { tell, useSend } from "@/ui";
import { EditMemorandum } from "./EditMemorandum";
import { HoldsLine } from "./HoldsLine";
import { Rows } from "./Rows";

interface Props {
  query: { organisation?: string; live?: boolean };
}

/** The Office's memoranda. Without one, people of a partner have no access. */
export const Memoranda = ({ query }: Props) => {
  const { t } = useLingui();
  const memoranda = useInfiniteQuery({ ...memorandaListInfiniteOptions({ query }), ...onward });
  return (
    <Rows query={memoranda} rowKey={({ id }) => id} none={t`Нема таквог меморандума.`}>
      {(one) => <Line memorandum={one} />}
    </Rows>
  );
};

const Line = ({ memorandum }: { memorandum: MemorandumOut }) => {
  const { t } = useLingui();
  const name = useOrganisationName()(memorandum.organisation);
  const { id, number } = memorandum;
  const end = useSend(memorandaUpdateMutation(), () => tell(t`Меморандум је завршен.`));
  const onEnd = () =>
    end.mutate({ path: { id }, headers: ifMatch(memorandum), body: { valid_until: new Date().toISOString() } });
  return (
    <HoldsLine
      title={name}
      facts={t`Меморандум ${number}`}
      of={memorandum}
      sure={t`Да, људи из организације одмах губе приступ`}
      problem={end.problem}
      isEnding={end.isPending}
      onEnd={onEnd}
    >
      {(close) => <EditMemorandum memorandum={memorandum} onDone={close} />}
    </HoldsLine>
  );
};
