import { Trans, useLingui } from "@lingui/react/macro";
import { ifMatch } from "@/api";
import type { CaseOut } from "@/api/gen";
import { casesReopenMutation, casesResumeMutation } from "@/api/gen/@tanstack/react-query.gen";
import { tell, Text, useSend } from "@/ui";
import { ActForm, type ActProps } from "./ActForm";

/** A case that was set aside goes on. */
export const Resume = ({ one, onDone }: ActProps<CaseOut>) => {
  const { t } = useLingui();
  const send = useSend(casesResumeMutation(), () => {
    onDone();
    tell(t`Рад на случају је настављен.`);
  });
  return (
    <ActForm
      problem={send.problem}
      sending={send.isPending}
      label={t`Настави`}
      onSubmit={() => send.mutate({ path: { id: one.id }, headers: ifMatch(one) })}
    >
      <Text>
        <Trans>Случај поново постаје активан.</Trans>
      </Text>
    </ActForm>
  );
};

/** A closed case is opened again: the same case, with its history. */
export const Reopen = ({ one, onDone }: ActProps<CaseOut>) => {
  const { t } = useLingui();
  const send = useSend(casesReopenMutation(), () => {
    onDone();
    tell(t`Случај је поново отворен.`);
  });
  return (
    <ActForm
      problem={send.problem}
      sending={send.isPending}
      label={t`Поново отвори`}
      onSubmit={() => send.mutate({ path: { id: one.id }, headers: ifMatch(one) })}
    >
      <Text>
        <Trans>Исти случај се наставља, са својом историјом. Проверите да ли пристанак још важи.</Trans>
      </Text>
    </ActForm>
  );
};
