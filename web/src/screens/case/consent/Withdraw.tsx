import { Trans, useLingui } from "@lingui/react/macro";
import type { ConsentOut } from "@/api/gen";
import { consentsWithdrawMutation } from "@/api/gen/@tanstack/react-query.gen";
import { List, tell, Text, useSend } from "@/ui";
import { ActForm } from "../acts/ActForm";

/** The person takes a consent back. It is said what happens, and asked once. */
export const Withdraw = ({ consent, onDone }: { consent: ConsentOut; onDone: () => void }) => {
  const { t } = useLingui();
  const send = useSend(consentsWithdrawMutation(), () => {
    onDone();
    tell(t`Пристанак је опозван.`);
  });
  return (
    <ActForm
      problem={send.problem}
      sending={send.isPending}
      label={t`Опозови пристанак`}
      onSubmit={() => send.mutate({ path: { id: consent.id } })}
      danger
    >
      <Text>
        <Trans>Опозив важи одмах и не може да се врати:</Trans>
      </Text>
      <List>
        <List.Item>
          <Trans>упути који почивају на овом пристанку завршавају се у истом тренутку;</Trans>
        </List.Item>
        <List.Item>
          <Trans>организације које су по њему нешто виделе више не виде ништа;</Trans>
        </List.Item>
        <List.Item>
          <Trans>оно што је дотле урађено остаје законито, и ниједна услуга се због опозива не ускраћује;</Trans>
        </List.Item>
        <List.Item>
          <Trans>ако је то био једини основ, и Ви више нећете видети овај случај.</Trans>
        </List.Item>
      </List>
    </ActForm>
  );
};
