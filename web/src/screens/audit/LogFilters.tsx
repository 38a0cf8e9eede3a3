import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { usePeople } from "@/reference";
import { useMe } from "@/session/me";
import { Button, DateField, Group, Select, TextInput } from "@/ui";
import type { LogSearch } from "./search";
import { useTeamLabel } from "./use-team-label";
import { VERBS } from "./words";

interface Props {
  search: LogSearch;
  onSearch: (search: LogSearch) => void;
}

type Outcome = LogSearch["outcome"];
const isOutcome = (value: string | null): value is NonNullable<Outcome> =>
  value === "success" || value === "denied" || value === "failed";

/** What is looked for; asked for when the form is sent, since every search is recorded. */
export const LogFilters = ({ search, onSearch }: Props) => {
  const { t, i18n } = useLingui();
  const me = useMe();
  const label = useTeamLabel();
  const people = usePeople();
  const [wanted, setWanted] = useState(search);
  const set = (part: LogSearch) => setWanted((old) => ({ ...old, ...part }));
  const verbs = Object.entries(VERBS).map(([value, name]) => ({ value, label: i18n._(name) }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(wanted);
      }}
    >
      <div className="filters">
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
        {me.teams.length > 1 && (
          <Select
            size="md"
            label={t`Тим`}
            placeholder={t`Сви`}
            clearable
            data={me.teams.map((one) => ({ value: one.id, label: label(one) }))}
            value={wanted.team ?? null}
            onChange={(team) => set({ team: team ?? undefined })}
          />
        )}
      </div>
      <Group mt="md">
        <Button type="submit" size="md">
          <Trans>Тражи</Trans>
        </Button>
        <Button
          variant="default"
          size="md"
          onClick={() => {
            setWanted({});
            onSearch({});
          }}
        >
          <Trans>Очисти</Trans>
        </Button>
      </Group>
    </form>
  );
};
