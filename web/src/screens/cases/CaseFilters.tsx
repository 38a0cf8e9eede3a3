import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useOptions, useOrganisations } from "@/reference";
import { Button, Group, SegmentedControl, Select, Stack, TextInput, useDebouncedValue } from "@/ui";
import "./screen.css";
import { asStatus, asUrgency, type CasesSearch, isWhose } from "./search";

const PAUSE = 350;

/** What is shown of the list. It stands in the address, so that going back and a bookmark keep it. */
export const CaseFilters = ({ search }: { search: CasesSearch }) => {
  const { t } = useLingui();
  const navigate = useNavigate({ from: "/cases/" });
  const change = (some: Partial<CasesSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...some }), replace: true, resetScroll: false });
  const statuses = useOptions("case_statuses", ({ code }) => code !== "erased");
  const urgencies = useOptions("urgencies");
  const organisations = useOrganisations().map((one) => ({ value: one.id, label: one.name }));
  const filtered = [search.status, search.urgency, search.holder, search.q].some((one) => one !== undefined);
  return (
    <Stack gap="sm" role="search" aria-label={t`Који случајеви`}>
      <SegmentedControl
        fullWidth
        size="md"
        aria-label={t`Чији случајеви`}
        value={search.whose ?? "mine"}
        onChange={(whose) =>
          isWhose(whose) && change({ whose: whose === "mine" ? undefined : whose, holder: undefined })
        }
        data={[
          { value: "mine", label: t`Моји` },
          { value: "organisation", label: t`Наши` },
          { value: "all", label: t`Сви` },
        ]}
      />
      <div className="case-filters">
        <Finder text={search.q ?? ""} onText={(q) => change({ q })} />
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
        {search.whose === "all" && (
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
        )}
      </div>
      {filtered && (
        <Group>
          <Button
            variant="subtle"
            onClick={() => change({ status: undefined, urgency: undefined, holder: undefined, q: undefined })}
          >
            <Trans>Поништи избор</Trans>
          </Button>
        </Group>
      )}
    </Stack>
  );
};

/** Typed letters wait for a short pause before they change the address. */
const Finder = ({ text, onText }: { text: string; onText: (text: string | undefined) => void }) => {
  const { t } = useLingui();
  const [typed, setTyped] = useState(text);
  const [settled] = useDebouncedValue(typed, PAUSE);
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    if (settled !== text && settled === typed) onText(settled.trim() === "" ? undefined : settled);
  }, [settled]);
  return (
    <TextInput
      size="md"
      type="search"
      autoComplete="off"
      label={t`Ознака или изговорено име`}
      value={typed}
      maxLength={48}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
};
