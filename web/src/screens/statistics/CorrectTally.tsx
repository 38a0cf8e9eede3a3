import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { ifMatch } from "@/api";
import { serviceTalliesRetrieve, type TallyOut } from "@/api/gen";
import { serviceTalliesUpdateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useLabel } from "@/reference";
import { Button, ConflictSheet, Form, tell, Text, useSend, useTheirs } from "@/ui";
import { Refused } from "./Refused";
import { amountOf, monthName } from "./tallies";
import { AmountField } from "./TallyFields";

const read = (id: string) => serviceTalliesRetrieve({ path: { id }, throwOnError: true });

interface Props {
  tally: TallyOut;
  onDone: () => void;
}

/** The right amount instead of a wrong one, until the team has locked the quarter. */
export const CorrectTally = ({ tally, onDone }: Props) => {
  const { t } = useLingui();
  const { save, theirs, leave, send } = useCorrect(tally, onDone);
  const [amount, setAmount] = useState(String(tally.amount));
  const [tried, setTried] = useState(false);
  const submit = (text: string) => {
    setTried(true);
    setAmount(text);
    save(text);
  };
  const differs = theirs !== undefined && String(theirs.amount) !== amount;
  const field = { key: "amount", name: t`Број`, mine: amount, theirs: String(theirs?.amount ?? "") };
  return (
    <Form onSubmit={() => submit(amount)}>
      <What of={tally} />
      <Refused problem={send.problem} />
      <AmountField
        value={amount}
        onChange={setAmount}
        error={tried && amountOf(amount) === undefined ? t`Упишите цео број.` : undefined}
      />
      <Button type="submit" size="md" loading={send.isPending}>
        <Trans>Сачувај измену</Trans>
      </Button>
      <ConflictSheet
        opened={differs}
        fields={differs ? [field] : []}
        sending={send.isPending}
        onSettle={(settled) => submit(settled["amount"] ?? amount)}
        onClose={leave}
      >
        <Refused problem={send.problem?.status === 412 ? undefined : send.problem} />
      </ConflictSheet>
    </Form>
  );
};

const useCorrect = (tally: TallyOut, onDone: () => void) => {
  const { t } = useLingui();
  const { theirs, readOn, leave } = useTheirs(read);
  const send = useSend(serviceTalliesUpdateMutation(), () => {
    tell(t`Измена је сачувана.`);
    onDone();
  });
  const save = (text: string) => {
    const seen = theirs ?? tally;
    const amount = amountOf(text);
    if (amount === undefined) return;
    send.mutate({ path: { id: seen.id }, headers: ifMatch(seen), body: { amount } }, readOn(seen.id));
  };
  return { save, theirs, leave, send };
};

const What = ({ of }: { of: TallyOut }) => {
  const { i18n } = useLingui();
  const item = useLabel("tally_items")(of.item);
  const when = monthName(of.month, i18n.locale);
  return (
    <Text fw={600}>
      {item}, {when}
    </Text>
  );
};
