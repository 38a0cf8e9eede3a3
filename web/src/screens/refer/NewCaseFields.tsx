import { useLingui } from "@lingui/react/macro";
import { Controller, type Control, type ControllerRenderProps } from "react-hook-form";
import { useOptions } from "@/reference";
import { Chip, Group, NativeSelect, Radio, SegmentedControl, SimpleGrid, Stack, Text } from "@/ui";
import type { NewCaseForm } from "./new-case";

type Field<Name extends keyof NewCaseForm> = ControllerRenderProps<NewCaseForm, Name>;

/** Never preset: only the person knows to what the person agrees. */
export const BundleField = ({ field, isMissing }: { field: Field<"bundle">; isMissing: boolean }) => {
  const { t } = useLingui();
  const bundles = useOptions("consent_bundles");
  return (
    <Radio.Group
      {...field}
      label={t`Питајте особу: на шта пристаје?`}
      error={isMissing ? t`Изаберите на шта је особа пристала.` : undefined}
      size="md"
    >
      <Stack gap="xs" mt="xs">
        {bundles.map((one) => (
          <Radio key={one.value} value={one.value} label={one.label} size="md" className="refer-choice" />
        ))}
      </Stack>
    </Radio.Group>
  );
};

export const CodedFields = ({ control }: { control: Control<NewCaseForm> }) => {
  const { t } = useLingui();
  const none = { value: "", label: t`Није питано` };
  const ages = useOptions("tdi_items", ({ item }) => item === "age_band");
  const sources = useOptions("tdi_items", ({ item }) => item === "referral_source");
  const sexes = useOptions("tdi_items", ({ item }) => item === "sex");
  const how = [
    { value: "spoken", label: t`Усмено` },
    { value: "written", label: t`Писмено` },
  ];
  return (
    <>
      <Controller
        control={control}
        name="how"
        render={({ field }) => <SegmentedControl {...field} size="md" data={how} aria-label={t`Како је дат`} />}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Controller
          control={control}
          name="ageBand"
          render={({ field }) => <NativeSelect {...field} size="md" label={t`Старост`} data={[none, ...ages]} />}
        />
        <Controller
          control={control}
          name="source"
          render={({ field }) => <NativeSelect {...field} size="md" label={t`Ко шаље`} data={[none, ...sources]} />}
        />
      </SimpleGrid>
      <Controller
        control={control}
        name="sex"
        render={({ field }) => (
          <Chip.Group value={field.value} onChange={field.onChange}>
            <Stack gap={4}>
              <Text fw={500}>{t`Пол`}</Text>
              <Group gap="xs" className="chips" role="radiogroup" aria-label={t`Пол`}>
                {sexes.map(({ value, label }) => (
                  <Chip key={value} value={value} size="md">
                    {label}
                  </Chip>
                ))}
              </Group>
            </Stack>
          </Chip.Group>
        )}
      />
    </>
  );
};
