import { Trans, useLingui } from "@lingui/react/macro";
import { IconCheck } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import type { AheadOut, CaseOut, NeedOut, ServiceOut } from "@/api/gen";
import { useLabel } from "@/reference";
import { Answered, Facts, Section, Sign, Stack, Text, day } from "@/ui";
import { Blocked } from "./Blocked";
import { ConsentHere } from "./ConsentHere";

interface Props {
  found: CaseOut;
  service: ServiceOut;
  need: NeedOut | undefined;
  check: UseQueryResult<AheadOut, unknown>;
  withNote: boolean;
  /** It was to be sent and is not covered. */
  isMissing: boolean;
}

/** What the partner will see, and on what that rests. */
export const Shared = ({ found, service, need, check, withNote, isMissing }: Props) => {
  const { t } = useLingui();
  return (
    <Section title={t`Шта се дели`}>
      <Answered query={check} lines={2}>
        {(known) =>
          known.refused === "not_covered" ? (
            <ConsentHere
              key={`${service.id} ${withNote}`}
              found={found}
              service={service}
              withNote={withNote}
              isMissing={isMissing}
              onRecorded={() => void check.refetch()}
            />
          ) : known.refused !== "" ? (
            <Blocked code={known.refused} />
          ) : (
            <Covered known={known} need={need} name={service.organisation_name} />
          )
        }
      </Answered>
    </Section>
  );
};

const Covered = ({ known, need, name }: { known: AheadOut; need: NeedOut | undefined; name: string }) => {
  const { t, i18n } = useLingui();
  const label = useLabel("data_classes");
  const needLabel = useLabel("needs");
  const before = [need === undefined ? "" : needLabel(need.code), t`хитност`, t`старосна група`];
  return (
    <Stack gap="sm">
      {known.until !== null && (
        <div>
          <Sign icon={IconCheck} tone="good">
            {t`Особа је пристала, важи до ${day(known.until, i18n.locale)}`}
          </Sign>
        </div>
      )}
      <Text>
        <Trans>{name} ће видети:</Trans>
      </Text>
      <Facts
        of={[
          [t`Одмах`, before.filter((one) => one !== "").join(", ")],
          [t`Кад прихвати`, known.data_classes.map((one) => label(one)).join(", ")],
        ]}
      />
    </Stack>
  );
};
