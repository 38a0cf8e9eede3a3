import { useLingui } from "@lingui/react/macro";
import { useOrganisations } from "@/reference";
import { Checkbox, Select } from "@/ui";
import { useTeamChoices } from "./PlaceFields";
import type { AgreementsSearch } from "./search";

interface Props {
  search: AgreementsSearch;
  onSearch: (part: AgreementsSearch) => void;
}

/** Kept in the address. */
export const AgreementFilters = ({ search, onSearch }: Props) => {
  const { t } = useLingui();
  const teams = useTeamChoices();
  const organisations = useOrganisations().map((one) => ({ value: one.id, label: one.name }));
  const common = { size: "md", clearable: true, searchable: true, nothingFoundMessage: t`Нема тога у списку` } as const;
  return (
    <div className="admin-filters above-list">
      <Select
        {...common}
        label={t`Организација`}
        placeholder={t`Све`}
        data={organisations}
        value={search.organisation ?? null}
        onChange={(organisation) => onSearch({ ...search, organisation: organisation ?? undefined })}
      />
      {search.kind === "agreements" && (
        <Select
          {...common}
          label={t`Тим`}
          placeholder={t`Сви`}
          data={teams}
          value={search.team ?? null}
          onChange={(team) => onSearch({ ...search, team: team ?? undefined })}
        />
      )}
      <Checkbox
        size="md"
        label={t`Само оно што важи сада`}
        checked={search.live === true}
        onChange={(event) => onSearch({ ...search, live: event.currentTarget.checked || undefined })}
      />
    </div>
  );
};
