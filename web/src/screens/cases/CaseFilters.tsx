import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { Button, Group, Stack, TextInput, useDebouncedValue } from "@/ui";
import { Holder, Kinds, Whose } from "./FilterFields";
import "./screen.css";
import type { CasesSearch } from "./search";

const PAUSE = 350;

/** What is shown of the list. It stands in the address, so that going back and a bookmark keep it. */
export const CaseFilters = ({ search }: { search: CasesSearch }) => {
  const { t } = useLingui();
  const navigate = useNavigate({ from: "/cases/" });
  const change = (some: Partial<CasesSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...some }), replace: true, resetScroll: false });
  const filtered = [search.status, search.urgency, search.holder, search.q].some((one) => one !== undefined);
  return (
    <Stack gap="sm" role="search" aria-label={t`Који случајеви`}>
      <Whose search={search} change={change} />
      <div className="case-filters">
        <Finder text={search.q ?? ""} onText={(q) => change({ q })} />
        <Kinds search={search} change={change} />
        {search.whose === "all" && <Holder search={search} change={change} />}
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
