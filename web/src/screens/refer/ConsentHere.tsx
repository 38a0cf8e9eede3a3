import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type CaseOut, consentsCreate, type ServiceOut } from "@/api/gen";
import { useEntries, useOptions, useOrganisations } from "@/reference";
import { Button, Group, NativeSelect, ProblemNotice, Radio, SegmentedControl, Stack, Text } from "@/ui";
import { type Agreed, consentOf, consentWithNote, plainClasses } from "./consent";

interface Props {
  found: CaseOut;
  service: ServiceOut;
  withNote: boolean;
  /** It was to be sent without it. */
  isMissing: boolean;
  onRecorded: () => void;
}

/** Consent is taken where it is missing. What is asked for least is preset; that the person agrees never is. */
export const ConsentHere = ({ found, service, withNote, isMissing, onRecorded }: Props) => {
  const { t } = useLingui();
  const [agreed, setAgreed] = useState<Agreed>({ bundle: "this_service", givenBy: "person", how: "spoken" });
  const record = useRecord({ found, service, withNote, agreed, onRecorded });
  const name = service.organisation_name;
  return (
    <Stack gap="md" data-part="consent">
      <Text fw={600}>
        {withNote ? (
          <Trans>Питајте особу: сме ли {name} да добије и напомену?</Trans>
        ) : (
          <Trans>Питајте особу: шта {name} сме да сазна?</Trans>
        )}
      </Text>
      {!withNote && <Bundles value={agreed.bundle} onChange={(bundle) => setAgreed({ ...agreed, bundle })} />}
      <Group gap="md" align="end">
        <NativeSelect
          size="md"
          label={t`Пристанак даје`}
          data={useOptions("consent_givers")}
          value={agreed.givenBy}
          onChange={(event) => setAgreed({ ...agreed, givenBy: event.currentTarget.value })}
        />
        <SegmentedControl
          size="md"
          aria-label={t`Како је дат`}
          value={agreed.how}
          onChange={(how) => setAgreed({ ...agreed, how })}
          data={[
            { value: "spoken", label: t`Усмено` },
            { value: "written", label: t`Писмено` },
          ]}
        />
      </Group>
      {isMissing && (
        <Text role="alert" c="var(--mantine-color-error)">
          <Trans>Упут може да иде тек кад особа пристане.</Trans>
        </Text>
      )}
      {record.error !== null && <ProblemNotice error={record.error} retry={() => record.mutate()} />}
      <div>
        <Button variant="outline" size="md" loading={record.isPending} onClick={() => record.mutate()}>
          <Trans>Особа пристаје, запиши</Trans>
        </Button>
      </div>
    </Stack>
  );
};

const useRecord = ({ found, service, withNote, agreed, onRecorded }: Omit<Props, "isMissing"> & { agreed: Agreed }) => {
  const [key] = useState(() => crypto.randomUUID());
  const classes = useEntries("data_classes");
  const serviceClass = useEntries("services").find(({ code }) => code === service.code)?.attributes.data_class ?? "";
  const sector = useOrganisations().find(({ id }) => id === service.organisation)?.sector ?? "";
  const between = { service, holder: found.holder, serviceClass };
  return useMutation({
    mutationFn: () => {
      const body = withNote
        ? consentWithNote(agreed, between, plainClasses(sector, classes))
        : consentOf(agreed, between);
      const headers = { "Idempotency-Key": `${key}-${agreed.bundle}-${agreed.givenBy}-${agreed.how}` };
      return consentsCreate({ path: { case_id: found.id }, body, headers, throwOnError: true });
    },
    onSuccess: onRecorded,
  });
};

const Bundles = ({ value, onChange }: { value: string; onChange: (bundle: string) => void }) => {
  const { t } = useLingui();
  return (
    <Radio.Group aria-label={t`На шта је особа пристала`} value={value} onChange={onChange}>
      <Stack gap="xs">
        {useOptions("consent_bundles").map((one) => (
          <Radio key={one.value} value={one.value} label={one.label} size="md" className="refer-choice" />
        ))}
      </Stack>
    </Radio.Group>
  );
};
