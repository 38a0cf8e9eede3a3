import { useLingui } from "@lingui/react/macro";
import type { Control } from "react-hook-form";
import type { Problem } from "@/api";
import { useOptions } from "@/reference";
import { ChoiceField, TextField } from "./fields";
import type { TeamForm } from "./team-form";

/** What the fields of a team are called. */
export const useTeamNames = () => {
  const { t } = useLingui();
  return {
    municipality: t`Општина`,
    label_sr_cyrl: t`Назив, ћирилицом`,
    label_sr_latn: t`Назив, латиницом`,
    label_en: t`Назив на енглеском`,
    slug: t`Кратко име`,
    prefix: t`Два слова за ознаке`,
  };
};

export const TeamFields = (given: { control: Control<TeamForm>; problem: Problem | undefined }) => {
  const { t } = useLingui();
  const names = useTeamNames();
  const towns = useOptions("municipalities");
  const common = { ...given, required: true };
  const none = t`Нема тога у списку`;
  return (
    <>
      <ChoiceField {...common} name="municipality" label={names.municipality} data={towns} none={none} />
      <TextField {...common} name="label_sr_cyrl" label={names.label_sr_cyrl} maxLength={120} />
      <TextField {...common} name="label_sr_latn" label={names.label_sr_latn} maxLength={120} />
      <TextField {...common} name="label_en" label={names.label_en} maxLength={120} />
      <TextField
        {...common}
        name="slug"
        label={names.slug}
        description={t`Латиницом без кукица, без размака: на пример loznica.`}
        maxLength={50}
      />
      <TextField
        {...common}
        name="prefix"
        label={names.prefix}
        description={t`Њима почиње ознака сваког случаја овог тима, на пример LO. Касније се не мења.`}
        maxLength={2}
      />
    </>
  );
};
