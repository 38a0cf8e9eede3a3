import { Trans } from "@lingui/react/macro";
import { useState } from "react";
import { Button, Group } from "@/ui";
import { Days, Outcomes, Teams, WhoDidWhat } from "./LogFields";
import type { LogSearch } from "./search";

interface Props {
  search: LogSearch;
  onSearch: (search: LogSearch) => void;
}

/** What is looked for; asked for when the form is sent, since every search is recorded. */
export const LogFilters = ({ search, onSearch }: Props) => {
  const [wanted, setWanted] = useState(search);
  const set = (part: LogSearch) => setWanted((old) => ({ ...old, ...part }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(wanted);
      }}
    >
      <div className="log-filters">
        <WhoDidWhat wanted={wanted} set={set} />
        <Outcomes wanted={wanted} set={set} />
        <Days wanted={wanted} set={set} />
        <Teams wanted={wanted} set={set} />
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
