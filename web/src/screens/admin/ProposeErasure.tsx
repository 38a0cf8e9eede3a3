import { Trans, useLingui } from "@lingui/react/macro";
import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import * as z from "zod/mini";
import type { ErasureInReasonEnum } from "@/api/gen";
import { erasuresCreateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { isCode } from "@/reference";
import { Button, Stack, tell, Text, useOnce, useSend } from "@/ui";
import { ChoiceField, TextField } from "./fields";
import { Refusal } from "./Refusal";
import { useProposedReasons } from "./words";

const schema = z.object({ case: z.string().check(z.minLength(1)), reason: z.string().check(z.minLength(1)) });

export const ProposeErasure = ({ onDone }: { onDone: () => void }) => {
  const { t } = useLingui();
  const once = useOnce();
  const form = useForm<z.infer<typeof schema>>({
    resolver: zodResolver(schema),
    defaultValues: { case: "", reason: "" },
  });
  const send = useSend(erasuresCreateMutation(), () => {
    tell(t`Предложено је. Потврђује неко други, у року од 14 дана.`);
    onDone();
  });
  const submit = form.handleSubmit(({ case: id, reason }) => {
    if (!isCode<ErasureInReasonEnum>(reason)) return;
    send.mutate({ path: { id: id.trim() }, body: { reason }, headers: once({ id: id.trim(), reason }) });
  });
  const common = { control: form.control, problem: send.problem, required: true };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <Text>
          <Trans>Брисање се не може вратити. Предлажете Ви, потврђује друга особа, а тек онда се извршава.</Trans>
        </Text>
        <Refusal problem={send.problem} names={{ "/reason": t`Разлог` }} />
        <TextField {...common} name="case" label={t`Ознака случаја`} maxLength={40} />
        <ChoiceField
          {...common}
          name="reason"
          label={t`Разлог`}
          data={useProposedReasons()}
          none={t`Нема тога у списку`}
        />
        <Button type="submit" size="md" loading={send.isPending}>
          <Trans>Предложи брисање</Trans>
        </Button>
      </Stack>
    </form>
  );
};
