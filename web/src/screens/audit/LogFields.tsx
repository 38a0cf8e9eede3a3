import { useLingui } from "@lingui/react/macro";
import { usePeople } from "@/reference";
import { useMe } from "@/session/me";
import { DateField, Select, TextInput } from "@/ui";
import type { LogSearch } from "./search";
import { useTeamLabel } from "./use-team-label";
import { VERBS } from "./words";

interface Props {
  wanted: LogSearch;
  set: (part: LogSearch) => void;
}

type Outcome = LogSearch["outcome"];
const isOutcome = (value: string | null): value is NonNullable<Outcome> =>
  value === "success" || value === "denied" || value === "failed";

/** Who did what to which case. */
export const WhoDidWhat = ({ wanted, set }: Props) => {
  const { t, i18n } = useLingui();
  const people = usePeople();
  const verbs = Object.entries(VERBS).map(([value, name]) => ({ value, label: i18n._(name) }));
  return (
    <>
      <Select
        size="md"
        label={t`Ко`}
        placeholder={t`Било ко`}
        searchable
        clearable
        nothingFoundMessage={t`Нема такве особе`}
        data={people.map((one) => ({ value: one.id, label: one.display_name }))}
        value={wanted.actor ?? null}
        onChange={(actor) => set({ actor: actor ?? undefined })}
      />
      <Select
        size="md"
        label={t`Шта је урађено`}
        placeholder={t`Било шта`}
        searchable
        clearable
        nothingFoundMessage={t`Нема такве радње`}
        data={verbs}
        value={wanted.action ?? null}
        onChange={(action) => set({ action: action ?? undefined })}
      />
      <TextInput
        size="md"
        label={t`Ознака случаја`}
        value={wanted.case ?? ""}
        autoComplete="off"
        onChange={(event) => set({ case: event.currentTarget.value.trim() || undefined })}
      />
    </>
  );
};

export const Outcomes = ({ wanted, set }: Props) => {
  const { t } = useLingui();
  return (
    <Select
      size="md"
      label={t`Исход`}
      placeholder={t`Сви`}
      clearable
      data={[
        { value: "success", label: t`урађено` },
        { value: "denied", label: t`одбијено` },
        { value: "failed", label: t`није успело` },
      ]}
      value={wanted.outcome ?? null}
      onChange={(value) => set({ outcome: isOutcome(value) ? value : undefined })}
    />
  );
};

export const Days = ({ wanted, set }: Props) => {
  const { t } = useLingui();
  return (
    <>
      <DateField
        size="md"
        label={t`Од дана`}
        value={wanted.since ?? ""}
        onChange={(event) => set({ since: event.currentTarget.value || undefined })}
      />
      <DateField
        size="md"
        label={t`До дана`}
        value={wanted.until ?? ""}
        onChange={(event) => set({ until: event.currentTarget.value || undefined })}
      />
    </>
  );
};

export const Teams = ({ wanted, set }: Props) => {
  const { t } = useLingui();
  const me = useMe();
  const label = useTeamLabel();
  if (me.teams.length < 2) return null;
  return (
    <Select
      size="md"
      label={t`Тим`}
      placeholder={t`Сви`}
      clearable
      data={me.teams.map((one) => ({ value: one.id, label: label(one) }))}
      value={wanted.team ?? null}
      onChange={(team) => set({ team: team ?? undefined })}
    />
  );
};
