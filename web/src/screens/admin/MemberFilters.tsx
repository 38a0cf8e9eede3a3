import { useLingui } from "@lingui/react/macro";
import { useOptions, useOrganisations } from "@/reference";
import { Select } from "@/ui";
import { useTeamChoices } from "./PlaceFields";
import type { MembersSearch } from "./search";

interface Props {
  search: MembersSearch;
  onSearch: (part: MembersSearch) => void;
}

const SHOWN = ["live", "waiting", "all"] as const;

/** Kept in the address. */
export const MemberFilters = ({ search, onSearch }: Props) => {
  const { t } = useLingui();
  const roles = useOptions("roles");
  const teams = useTeamChoices();
  const organisations = useOrganisations().map((one) => ({ value: one.id, label: one.name }));
  const set = (part: Partial<MembersSearch>) => onSearch({ ...search, ...part });
  const common = { size: "md", clearable: true, searchable: true, nothingFoundMessage: t`Нема тога у списку` } as const;
  return (
    <div className="admin-filters">
      <Whom shown={search.show} onShown={(show) => set({ show })} />
      <Select
        {...common}
        label={t`Улога`}
        placeholder={t`Све`}
        data={roles}
        value={search.role ?? null}
        onChange={(role) => set({ role: role ?? undefined })}
      />
      <Select
        {...common}
        label={t`Организација`}
        placeholder={t`Све`}
        data={organisations}
        value={search.organisation ?? null}
        onChange={(organisation) => set({ organisation: organisation ?? undefined })}
      />
      {teams.length > 1 && (
        <Select
          {...common}
          label={t`Тим`}
          placeholder={t`Сви`}
          data={teams}
          value={search.team ?? null}
          onChange={(team) => set({ team: team ?? undefined })}
        />
      )}
    </div>
  );
};

interface WhomProps {
  shown: MembersSearch["show"];
  onShown: (shown: MembersSearch["show"]) => void;
}

const Whom = ({ shown, onShown }: WhomProps) => {
  const { t } = useLingui();
  const names = { live: t`Раде сада`, waiting: t`Чекају потврду`, all: t`Сви, и они који су отишли` };
  return (
    <Select
      size="md"
      label={t`Кога приказати`}
      allowDeselect={false}
      data={SHOWN.map((value) => ({ value, label: names[value] }))}
      value={shown ?? "live"}
      onChange={(value) => onShown(SHOWN.find((one) => one === value))}
    />
  );
};
