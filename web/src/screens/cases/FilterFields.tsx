import { useLingui } from "@lingui/react/macro";
import { useOptions, useOrganisations } from "@/reference";
import { SegmentedControl, Select } from "@/ui";
import { asStatus, asUrgency, type CasesSearch, isWhose } from "./search";

interface Props {
  search: CasesSearch;
  change: (some: Partial<CasesSearch>) => void;
}

export const Whose = ({ search, change }: Props) => {
  const { t } = useLingui();
  return (
    <SegmentedControl
      fullWidth
      size="md"
      aria-label={t`Чији случајеви`}
      value={search.whose ?? "mine"}
      onChange={(whose) => isWhose(whose) && change({ whose: whose === "mine" ? undefined : whose, holder: undefined })}
      data={[
        { value: "mine", label: t`Моји` },
        { value: "organisation", label: t`Наши` },
        { value: "all", label: t`Сви` },
      ]}
    />
  );
};

export const Kinds = ({ search, change }: Props) => {
  const { t } = useLingui();
  const statuses = useOptions("case_statuses", ({ code }) => code !== "erased");
  const urgencies = useOptions("urgencies");
  return (
    <>
      <Select
        size="md"
        label={t`Стање`}
        allowDeselect={false}
        value={search.status ?? ""}
        onChange={(status) => change({ status: asStatus(status) })}
        data={[{ value: "", label: t`Отворени` }, ...statuses, { value: "any", label: t`Сва стања` }]}
      />
      <Select
        size="md"
        label={t`Хитност`}
        allowDeselect={false}
        value={search.urgency ?? ""}
        onChange={(urgency) => change({ urgency: asUrgency(urgency) })}
        data={[{ value: "", label: t`Свака` }, ...urgencies]}
      />
    </>
  );
};

export const Holder = ({ search, change }: Props) => {
  const { t } = useLingui();
  const organisations = useOrganisations().map((one) => ({ value: one.id, label: one.name }));
  return (
    <Select
      size="md"
      label={t`Води`}
      searchable
      clearable
      clearButtonProps={{ "aria-label": t`Обриши избор` }}
      placeholder={t`Било која организација`}
      value={search.holder ?? null}
      onChange={(holder) => change({ holder: holder ?? undefined })}
      data={organisations}
    />
  );
};
