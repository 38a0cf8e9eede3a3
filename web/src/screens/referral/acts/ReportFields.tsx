import { Trans, useLingui } from "@lingui/react/macro";
import { Choices, Stack, Text } from "@/ui";
import type { Report } from "./use-step";

interface Props {
  value: Report;
  onChange: (report: Report) => void;
}

/** For a provider that has no accounts, or cannot answer now: how its answer came, and from whom. No names. */
export const ReportFields = ({ value, onChange }: Props) => {
  const { t } = useLingui();
  return (
    <Stack gap="sm">
      <Text c="dimmed">
        <Trans>Ово бележите у име организације која овде не одговара сама.</Trans>
      </Text>
      <Choices
        label={t`Како је стигло?`}
        value={value.channel}
        onChange={(channel) => onChange({ ...value, channel })}
        options={[
          { value: "phone", label: t`Телефоном` },
          { value: "in_person", label: t`Лично` },
          { value: "letter", label: t`Писмом` },
          { value: "e_mail", label: t`Имејлом` },
        ]}
      />
      <Choices
        label={t`Ко је јавио?`}
        value={value.reporter}
        onChange={(reporter) => onChange({ ...value, reporter })}
        options={[
          { value: "provider", label: t`Та организација` },
          { value: "person", label: t`Особа` },
          { value: "companion", label: t`Пратња особе` },
          { value: "own_worker", label: t`Наш радник` },
        ]}
      />
    </Stack>
  );
};
