import { useLingui } from "@lingui/react/macro";
import type { Control, FieldPath, FieldValues } from "react-hook-form";
import type { Problem } from "@/api";
import { DayField } from "./fields";

interface Props<Form extends FieldValues> {
  control: Control<Form>;
  problem: Problem | undefined;
  from: FieldPath<Form>;
  until: FieldPath<Form>;
  isNew: boolean;
}

/** From which day until which: a new one may leave the first away, and each of them the last. */
export const IntervalFields = <Form extends FieldValues>({ from, until, isNew, ...common }: Props<Form>) => {
  const { t } = useLingui();
  const begins = isNew ? t`Без дана: од сада.` : undefined;
  return (
    <>
      <DayField {...common} name={from} label={t`Важи од`} description={begins} />
      <DayField {...common} name={until} label={t`Важи до`} description={t`Без дана: док се не одреди крај.`} />
    </>
  );
};
