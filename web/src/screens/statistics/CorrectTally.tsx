import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { ifMatch } from "@/api";
import { serviceTalliesRetrieve, type TallyOut } from "@/api/gen";
import { serviceTalliesUpdateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useLabel } from "@/reference";
import { Button, ConflictSheet, Stack, tell, Text, useSend, useTheirs } from "@/ui";
import { Refused } from "./Refused";
import { amountOf, monthName } from "./tallies";
import { AmountField } from "./TallyFields";

const read = (id: string) => serviceTalliesRetrieve({ path: { id }, throwOnError: true });

/** The right amount instead of a wrong one, until the team has locked the quarter. */
export const CorrectTally = ({ tally, onDone }: { tally: TallyOut; onDone: () => void }) => {
  const { t, i18n } = useLingui();
  const item = useLabel("tally_items")(tally.item);
  const [amount, setAmount] = useState(String(tally.amount));
  const [tried, setTried] = useState(false);
  const { theirs, readOn, leave } = useTheirs(read);
  const send = useSend(serviceTalliesUpdateMutation(), () => {
    tell(t`Измена је сачувана.`);
    onDone();
  });
  const submit = (text: string, seen: TallyOut) => {
    setTried(true);
    const right = amountOf(text);
    if (right === undefined) return;
    send.mutate({ path: { id: seen.id }, headers: ifMatch(seen), body: { amount: right } }, readOn(seen.id));
  };
  const differs = theirs !== undefined && String(theirs.amount) !== amount;
  const field = { key: "amount", name: t`Број`, mine: amount, theirs: String(theirs?.amount ?? "") };
  const when = monthName(tally.month, i18n.locale);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit(amount, theirs ?? tally);
      }}
    >
      <Stack gap="md">
        <Text fw={600}>
          {item}, {when}
        </Text>
        <Refused problem={send.problem} />
        <AmountField
          value={amount}
          onChange={setAmount}
          error={tried && amountOf(amount) === undefined ? t`Упишите цео број.` : undefined}
        />
        <Button type="submit" size="md" loading={send.isPending}>
          <Trans>Сачувај измену</Trans>
        </Button>
      </Stack>
      <ConflictSheet
        opened={differs}
        fields={differs ? [field] : []}
        sending={send.isPending}
        onSettle={(settled) => {
          setAmount(settled["amount"] ?? amount);
          submit(settled["amount"] ?? amount, theirs ?? tally);
        }}
        onClose={leave}
      >
        <Refused problem={send.problem?.status === 412 ? undefined : send.problem} />
      </ConflictSheet>
    </form>
  );
};
