import { useLingui } from "@lingui/react/macro";
import type { Problem } from "@/api";
import { useEntries, useLabel, useTeamName, useTeams } from "@/reference";
import { useMe } from "@/session/me";
import { Select, TextInput } from "@/ui";
import { amountOf, itemsOf, monthName, monthsBack, type TallyForm } from "./tallies";
import { useOwnServices } from "./use-own-services";

interface Props {
  form: TallyForm;
  onForm: (form: TallyForm) => void;
  /** Whether sending was tried: before that nothing is called missing. */
  tried: boolean;
  problem: Problem | undefined;
}

export const TallyFields = ({ form, onForm, tried, problem }: Props) => {
  const { t } = useLingui();
  const choices = useTallyChoices(form.service);
  const names = { service: t`Услуга`, item: t`Шта се броји`, team: t`Тим`, month: t`Месец` };
  const set = (part: Partial<TallyForm>) => onForm({ ...form, ...part });
  const said = (name: string) => problem?.faults.find(({ pointer }) => pointer === `/${name}`)?.detail;
  const choose = (name: keyof typeof names, value: string) =>
    // What is counted goes with the service.
    set(name === "service" ? { service: value, item: "" } : { [name]: value });
  const chosen = (name: keyof typeof names) => (
    <Select
      key={name}
      size="md"
      label={names[name]}
      data={choices[name]}
      value={form[name] === "" ? null : form[name]}
      onChange={(value) => choose(name, value ?? "")}
      searchable={choices[name].length > 6}
      nothingFoundMessage={t`Нема тога у списку`}
      error={tried && form[name] === "" ? t`Изаберите.` : said(name)}
    />
  );
  return (
    <>
      {chosen("service")}
      {chosen("item")}
      {choices.team.length > 1 && chosen("team")}
      {chosen("month")}
      <AmountField
        value={form.amount}
        onChange={(amount) => set({ amount })}
        error={tried && amountOf(form.amount) === undefined ? t`Упишите цео број.` : said("amount")}
      />
    </>
  );
};

interface AmountProps {
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}

export const AmountField = ({ value, onChange, error }: AmountProps) => {
  const { t } = useLingui();
  return (
    <TextInput
      size="md"
      inputMode="numeric"
      autoComplete="off"
      label={t`Број`}
      description={t`Нула значи да тог месеца није дато ништа.`}
      error={error}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
};

/** Services of one's own, what is counted of the chosen one, the towns, and the months that may be told. */
const useTallyChoices = (service: string) => {
  const { i18n } = useLingui();
  const me = useMe();
  const { counted } = useOwnServices();
  const entries = useEntries("tally_items");
  const item = useLabel("tally_items");
  const label = useLabel("services");
  const name = useTeamName();
  const all = useTeams();
  const teams = me.teams.length > 0 ? me.teams : all;
  const code = counted.find((one) => one.id === service)?.code ?? "";
  return {
    service: counted.map((one) => ({ value: one.id, label: one.name || label(one.code) })),
    item: itemsOf(entries, code).map((value) => ({ value, label: item(value) })),
    team: teams.map((one) => ({ value: one.id, label: name(one.id) })),
    month: monthsBack(new Date()).map((value) => ({ value, label: monthName(value, i18n.locale) })),
  };
};
