import { Trans, useLingui } from "@lingui/react/macro";
import type { CaseOut } from "@/api/gen";
import { useEntries, useItemText } from "@/reference";
import { Empty, Facts, Group, Section, Stack, Title } from "@/ui";
import { ActButton } from "./acts/ActButton";

/** The coded facts that are open to the reader, by class of data. */
export const Profile = ({ one }: { one: CaseOut }) => {
  const { t, i18n } = useLingui();
  const fields = useEntries("tdi_fields");
  const classes = useEntries("data_classes");
  const text = useItemText();
  const known = fields.filter(({ code }) => one.items[code] !== undefined && one.items[code] !== null);
  const ofClass = (group: string) => known.filter(({ attributes }) => attributes["data_class"] === group);
  return (
    <Section
      title={t`Подаци`}
      actions={
        <Group gap="xs">
          <ActButton one={one} act="flags" quiet />
          <ActButton one={one} act="profile" quiet />
        </Group>
      }
    >
      {known.length === 0 && (
        <Empty>
          <Trans>Нема података који су Вам отворени.</Trans>
        </Empty>
      )}
      <Stack gap="lg">
        {classes
          .filter(({ code }) => ofClass(code).length > 0)
          .map(({ code, labels }) => (
            <Stack key={code} gap="xs">
              <Title order={3}>{labels[i18n.locale] ?? code}</Title>
              <Facts
                of={ofClass(code).map((field) => [
                  field.labels[i18n.locale] ?? field.code,
                  text(field.code, one.items[field.code]),
                ])}
              />
            </Stack>
          ))}
      </Stack>
    </Section>
  );
};
