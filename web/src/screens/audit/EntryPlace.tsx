import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconShieldCheck } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import type { AuditEntryOut } from "@/api/gen";
import { type Place, placeOf } from "@/log";
import { may, useMe } from "@/session/me";
import { Button, ProblemNotice, Sign, Stack, Text } from "@/ui";

/** Whether the entry, as it is shown here, stands in the sealed log. Asking is an entry too, so it is asked by hand. */
export const EntryPlace = ({ entry }: { entry: AuditEntryOut }) => {
  const me = useMe();
  const check = useMutation({ mutationFn: () => placeOf(entry) });
  if (!may(me, "audit.verify")) return null;
  return (
    <Stack gap="xs" align="flex-start" role="status">
      {check.data === undefined ? (
        <Button variant="default" size="md" loading={check.isPending} onClick={() => check.mutate()}>
          <Trans>Провери овај унос</Trans>
        </Button>
      ) : (
        <Found place={check.data} />
      )}
      {check.isError && <ProblemNotice error={check.error} retry={() => check.mutate()} />}
    </Stack>
  );
};

const OTHERWISE: Readonly<Record<Exclude<Place["kind"], "included">, MessageDescriptor>> = {
  unsealed: msg`Служба каже да овај унос још није под печатом. Печат стиже сваког минута: проверите поново мало касније, а ако га ни тада нема, јавите ономе ко води службу.`,
  different: msg`Овај унос није онај који је запечаћен. Јавите лицу за заштиту података и ономе ко води службу, телефоном или лично.`,
  unverified: msg`Сам дневник овде није проверен: погледајте „Стање“.`,
};

const Found = ({ place }: { place: Place }) => {
  const { t, i18n } = useLingui();
  if (place.kind !== "included") {
    const text = i18n._(OTHERWISE[place.kind]);
    return place.kind === "different" ? (
      <Text className="tampered" role="alert">
        {text}
      </Text>
    ) : (
      <Text>{text}</Text>
    );
  }
  const { number, size } = place;
  return (
    <Stack gap={4} align="flex-start">
      <Sign icon={IconShieldCheck} tone="good">{t`Стоји у дневнику под бр. ${number}`}</Sign>
      <Text size="sm">
        <Trans>Овај уређај је проверио да је унос, баш овакав, под печатом до бр. {size}.</Trans>
      </Text>
    </Stack>
  );
};
