import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { CaseRow } from "@/api/gen";
import { casesListOptions } from "@/api/gen/@tanstack/react-query.gen";
import { may, useMe } from "@/session/me";
import { Answered, Button, Empty, RowLink, Section, Stack, Text, TextInput, useDebouncedValue } from "@/ui";
import { NewCase } from "./NewCase";
import { Unsent } from "./Unsent";

const route = getRouteApi("/_in/refer");
const SHOWN = 8;
const SHORTEST = 2;

/** From which case: one of the last ones, one that is looked for, or a new one. */
export const ChooseCase = () => {
  const { t } = useLingui();
  const me = useMe();
  const [text, setText] = useState("");
  const [isNew, setNew] = useState(false);
  if (isNew) return <NewCase onCancel={() => setNew(false)} />;
  return (
    <Stack gap="xl" className="refer">
      <Unsent />
      <Section title={t`Из ког случаја`}>
        <TextInput
          type="search"
          size="md"
          label={t`Две речи или шифра случаја`}
          leftSection={<IconSearch size={18} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {may(me, "case.open") && (
          <div>
            <Button variant="default" size="md" leftSection={<IconPlus size={18} />} onClick={() => setNew(true)}>
              <Trans>Нови случај</Trans>
            </Button>
          </div>
        )}
        <Found text={text} />
      </Section>
    </Stack>
  );
};

const Found = ({ text }: { text: string }) => {
  const [settled] = useDebouncedValue(text.trim(), 250);
  const { organisations } = useMe();
  const wanted = settled.length >= SHORTEST ? { q: settled } : {};
  const found = useQuery(casesListOptions({ query: { ...wanted, status: ["active"], page_size: 3 * SHOWN } }));
  const mine = new Set(organisations.map(({ id }) => id));
  const first = (one: CaseRow) => (mine.has(one.holder) ? 0 : 1);
  return (
    <Answered query={found}>
      {({ results }) =>
        results.length === 0 ? (
          <Empty>
            <Trans>Нема таквог активног случаја.</Trans>
          </Empty>
        ) : (
          <ul className="plain-list">
            {[...results]
              .sort((one, other) => first(one) - first(other))
              .slice(0, SHOWN)
              .map((one) => (
                <Case key={one.id} row={one} />
              ))}
          </ul>
        )
      }
    </Answered>
  );
};

const Case = ({ row }: { row: CaseRow }) => {
  const search = route.useSearch();
  return (
    <li>
      <RowLink to="/refer" search={{ ...search, case: row.id }} preload={false}>
        <Text span fw={600} display="block">
          {row.spoken_name}
        </Text>
        <Text span size="sm" c="dimmed">
          {row.code}
        </Text>
      </RowLink>
    </li>
  );
};
