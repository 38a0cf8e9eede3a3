import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconAlertTriangle, IconDownload } from "@tabler/icons-react";
import type { LogOut } from "@/api/gen";
import { type Fault, type Judgement, startAnew } from "@/log";
import { Alert, Button, Group, List, saveText, Sheet, Stack, Text, useDisclosure } from "@/ui";

const FAULTS: Readonly<Record<Fault, MessageDescriptor>> = {
  unreadable: msg`Печат или доказ који је служба послала није исправно записан.`,
  "other-log": msg`Служба је послала печат неког другог дневника.`,
  "other-key": msg`Дневник је потписан другим кључем, а не оним који овај уређај памти.`,
  "bad-signature": msg`Потпис под печатом није исправан.`,
  "rolled-back": msg`Дневник је краћи него што је био: нешто је избрисано, или је враћена стара копија.`,
  rewritten: msg`Оно што је раније запечаћено сада гласи другачије.`,
};

type Broken = Extract<Judgement, { kind: "broken" }>;

const evidence = ({ vkey }: LogOut, { fault, before, now }: Broken): string =>
  [new Date().toISOString(), fault, vkey, "--", before ?? "", "--", now].join("\n");

/** The log is not what it was. What is wrong, and what to do about it, outside of Spona. */
export const SealAlarm = ({ log, found }: { log: LogOut; found: Broken }) => {
  const { i18n } = useLingui();
  return (
    <Alert
      color="red"
      variant="outline"
      role="alert"
      icon={<IconAlertTriangle aria-hidden />}
      title={<Trans>Дневник није прошао проверу</Trans>}
    >
      <Stack gap="sm" align="flex-start">
        <Text fw={600}>{i18n._(FAULTS[found.fault])}</Text>
        <List type="ordered">
          <List.Item>
            <Trans>Сачувајте доказ: оба печата, у једној датотеци.</Trans>
          </List.Item>
          <List.Item>
            <Trans>Јавите лицу за заштиту података и ономе ко води службу, телефоном или лично, а не кроз Спону.</Trans>
          </List.Item>
          <List.Item>
            <Trans>Упоредите печат са последњим извештајем на папиру. Дотле дневник не узимајте као доказ.</Trans>
          </List.Item>
        </List>
        <Group gap="xs">
          <Button
            size="md"
            leftSection={<IconDownload size={18} aria-hidden />}
            onClick={() => saveText("dnevnik-dokaz.txt", "text/plain", evidence(log, found))}
          >
            <Trans>Сачувај доказ</Trans>
          </Button>
          {found.before !== undefined && <Anew log={log} />}
        </Group>
      </Stack>
    </Alert>
  );
};

/** There are honest causes, such as a backup that was restored; then the device has to begin again. */
const Anew = ({ log }: { log: LogOut }) => {
  const { t } = useLingui();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" size="md" onClick={open}>
        <Trans>Узрок је познат</Trans>
      </Button>
      <Sheet title={t`Прати дневник изнова`} opened={opened} onClose={close}>
        <Stack gap="md" align="flex-start">
          <Text>
            <Trans>
              Само ако је узрок објашњен и записан, на пример ако је враћена резервна копија. Уређај ће заборавити стари
              печат и проверавати дневник од садашњег; што је пре тога мењано више се неће видети.
            </Trans>
          </Text>
          <Button color="red.9" size="md" onClick={() => void startAnew(log.id).then(close)}>
            <Trans>Заборави стари печат</Trans>
          </Button>
        </Stack>
      </Sheet>
    </>
  );
};
