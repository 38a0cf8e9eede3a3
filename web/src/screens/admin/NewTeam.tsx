import { Trans, useLingui } from "@lingui/react/macro";
import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import * as z from "zod/mini";
import type { MunicipalitiesCode } from "@/api/gen";
import { teamsCreateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { isCode, useOptions } from "@/reference";
import { Button, Stack, tell, useOnce, useSend } from "@/ui";
import { ChoiceField, TextField } from "./fields";
import { Refusal } from "./Refusal";

const given = () => z.string().check(z.trim(), z.minLength(1));
const schema = z.object({
  municipality: given(),
  label_sr_cyrl: given(),
  label_sr_latn: given(),
  label_en: given(),
  slug: given(),
  prefix: given(),
});
type Form = z.infer<typeof schema>;

export const NewTeam = ({ onDone }: { onDone: () => void }) => {
  const { t } = useLingui();
  const once = useOnce();
  const towns = useOptions("municipalities");
  const form = useForm<Form>({
    resolver: zodResolver(schema),
    defaultValues: { municipality: "", label_sr_cyrl: "", label_sr_latn: "", label_en: "", slug: "", prefix: "" },
  });
  const send = useSend(teamsCreateMutation(), () => {
    tell(t`Тим је основан.`);
    onDone();
  });
  const submit = form.handleSubmit(({ municipality, prefix, ...rest }) => {
    if (!isCode<MunicipalitiesCode>(municipality)) return;
    const body = { ...rest, municipality, prefix: prefix.toUpperCase() };
    send.mutate({ body, headers: once(body) });
  });
  const common = { control: form.control, problem: send.problem, required: true };
  const none = t`Нема тога у списку`;
  const names = {
    "/municipality": t`Општина`,
    "/label_sr_cyrl": t`Назив, ћирилицом`,
    "/label_sr_latn": t`Назив, латиницом`,
    "/label_en": t`Назив на енглеском`,
    "/slug": t`Кратко име`,
    "/prefix": t`Два слова за ознаке`,
  };
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <Refusal problem={send.problem} names={names} />
        <ChoiceField {...common} name="municipality" label={names["/municipality"]} data={towns} none={none} />
        <TextField {...common} name="label_sr_cyrl" label={names["/label_sr_cyrl"]} maxLength={120} />
        <TextField {...common} name="label_sr_latn" label={names["/label_sr_latn"]} maxLength={120} />
        <TextField {...common} name="label_en" label={names["/label_en"]} maxLength={120} />
        <TextField
          {...common}
          name="slug"
          label={names["/slug"]}
          description={t`Латиницом без кукица, без размака: на пример loznica.`}
          maxLength={50}
        />
        <TextField
          {...common}
          name="prefix"
          label={names["/prefix"]}
          description={t`Њима почиње ознака сваког случаја овог тима, на пример LO. Касније се не мења.`}
          maxLength={2}
        />
        <Button type="submit" size="md" loading={send.isPending}>
          <Trans>Оснуј тим</Trans>
        </Button>
      </Stack>
    </form>
  );
};
