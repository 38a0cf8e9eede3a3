import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { AccessOut, CaseOut, SightOut } from "@/api/gen";
import { casesAccessOptions } from "@/api/gen/@tanstack/react-query.gen";
import { useLabel, useOrganisationName, usePersonName } from "@/reference";
import { useMe } from "@/session/me";
import { Answered, day, Section, Stack, Text } from "@/ui";
import { readOnce } from "../data";
import { Disclosures } from "./Disclosures";
import { Exclusions } from "./Exclusions";
import { Looked } from "./Looked";
import { useReason } from "./reasons";
import { Exceptions } from "./Exceptions";

/** Why I see this case, who else does, who looked, and to whom was told what. */
export const Sight = ({ one }: { one: CaseOut }) => {
  const me = useMe();
  const access = useQuery({ ...casesAccessOptions({ path: { id: one.id } }), ...readOnce });
  const may = (action: string): boolean => one.allowed_actions.includes(action);
  return (
    <Stack gap="xl">
      <Answered query={access}>{(data) => <Access access={data} />}</Answered>
      {me.may.includes("case.triage") && <Looked one={one} />}
      {may("list_disclosures") && <Disclosures one={one} />}
      {may("record_consent") && <Exceptions one={one} />}
      {me.may.includes("case.exclude_person") && may("record_consent") && <Exclusions one={one} />}
    </Stack>
  );
};

const Access = ({ access }: { access: AccessOut }) => {
  const { t, i18n } = useLingui();
  const reason = useReason();
  const until = (value: string | null): string => (value === null ? "" : t`, до ${day(value, i18n.locale)}`);
  return (
    <>
      <Section title={t`Зашто Ви видите овај случај`}>
        <ul className="plain-list">
          {access.reasons.map((one) => (
            <li key={`${one.reason} ${one.source_id}`} className="line sentence">
              {reason(one.reason)}
              {until(one.until)}
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t`Ко све може да га види`}>
        <ul className="plain-list">
          {byOrganisation(access.seen_by).map(([organisation, sights]) => (
            <Seer key={organisation} organisation={organisation} sights={sights} />
          ))}
        </ul>
      </Section>
    </>
  );
};

const byOrganisation = (sights: readonly SightOut[]): [string, SightOut[]][] => {
  const found = new Map<string, SightOut[]>();
  for (const sight of sights) found.set(sight.organisation, [...(found.get(sight.organisation) ?? []), sight]);
  return [...found];
};

const Seer = ({ organisation, sights }: { organisation: string; sights: readonly SightOut[] }) => {
  const { t } = useLingui();
  const name = useOrganisationName();
  const person = usePersonName();
  const reason = useReason();
  const label = useLabel("data_classes");
  const unique = (words: string[], between = ", "): string => [...new Set(words)].join(between);
  const people = unique(
    sights.flatMap((one) => one.people.map(({ user }) => person(user))),
    "; ",
  );
  const classes = unique(sights.flatMap((one) => one.data_classes.map((code) => label(code))));
  return (
    <li className="line">
      <Text fw={500}>{name(organisation)}</Text>
      <Text size="sm" className="sentence">
        {unique(sights.map((one) => reason(one.reason)))}
      </Text>
      {people !== "" && (
        <Text size="sm" c="dimmed">
          {t`Особе: ${people}`}
        </Text>
      )}
      {classes !== "" && (
        <Text size="sm" c="dimmed">
          {t`Види: ${classes}`}
        </Text>
      )}
    </li>
  );
};
