import { Trans, useLingui } from "@lingui/react/macro";
import { IconCircleCheck, IconCircleX, IconClockX, IconPrinter } from "@tabler/icons-react";
import type { CaseOut, ConsentOut } from "@/api/gen";
import { useEntries, useLabel, useOrganisationName } from "@/reference";
import { may, useMe } from "@/session/me";
import { Button, ButtonLink, day, Group, Sheet, Sign, Stack, Text, useDisclosure } from "@/ui";
import { SealedWords } from "../SealedWords";
import { Withdraw } from "./Withdraw";

export const ConsentLine = ({ one, row }: { one: CaseOut; row: ConsentOut }) => {
  const title = useTitle(row);
  const live = typeof row.withdrawn_at !== "string" && new Date(row.valid_until) > new Date();
  return (
    <li className="line">
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <Text fw={500} flex="1 1 12rem">
            {title}
          </Text>
          <State row={row} live={live} />
        </Group>
        <Named row={row} />
        <Remark one={one} row={row} title={title} />
        <Acts one={one} row={row} live={live} title={title} />
      </Stack>
    </li>
  );
};

/** To whom, in the order which the person wants, and what each of them may know. */
const Named = ({ row }: { row: ConsentOut }) => {
  const organisation = useOrganisationName();
  const classes = useLabel("data_classes");
  return (
    <ol className="recipients">
      {row.recipients
        .toSorted((left, right) => left.position - right.position)
        .map((to) => (
          <li key={to.organisation}>
            {organisation(to.organisation)}
            <Text span size="sm" c="dimmed" display="block">
              {to.data_classes.map((code) => classes(code)).join(", ")}
            </Text>
          </li>
        ))}
    </ol>
  );
};

const NARRATIVE = "narrative";

/** It opens to whose organisation wrote it down, and to whom a consent names for the narrative. */
const Remark = ({ one, row, title }: { one: CaseOut; row: ConsentOut; title: string }) => {
  const { t } = useLingui();
  const me = useMe();
  const own = me.organisations.some(({ id }) => id === row.recorded_for);
  if (row.remark === null || !(own || one.classes_open.includes(NARRATIVE))) return null;
  return <SealedWords one={one} field={row.remark.field} name={t`Напомена`} open={t`Отвори напомену`} of={title} />;
};

const Acts = ({ one, row, live, title }: { one: CaseOut; row: ConsentOut; live: boolean; title: string }) => {
  const { t } = useLingui();
  const me = useMe();
  const [asking, { open, close }] = useDisclosure(false);
  return (
    <Group gap="xs">
      {one.allowed_actions.includes("record_consent") && (
        <ButtonLink
          variant="default"
          to="/print/receipt/$id"
          params={{ id: row.id }}
          preload={false}
          leftSection={<IconPrinter size={18} aria-hidden />}
          aria-label={t`Потврда за штампу: ${title}`}
        >
          <Trans>Потврда</Trans>
        </ButtonLink>
      )}
      {live && may(me, "consent.withdraw") && (
        <Button variant="default" onClick={open} aria-label={t`Опозови: ${title}`}>
          <Trans>Опозови</Trans>
        </Button>
      )}
      <Sheet title={t`Опозив пристанка`} opened={asking} onClose={close}>
        <Withdraw consent={row} onDone={close} />
      </Sheet>
    </Group>
  );
};

/** The bundle, or what it is for where it was put together by hand. */
const useTitle = (row: ConsentOut): string => {
  const { i18n } = useLingui();
  const bundle = useLabel("consent_bundles");
  const purposes = useEntries("consent_purposes");
  if (row.bundle !== "") return bundle(row.bundle);
  const named = purposes.filter(({ code }) => row.purposes.includes(code));
  return named.map(({ code, labels }) => labels[i18n.locale] ?? code).join("; ");
};

const State = ({ row, live }: { row: ConsentOut; live: boolean }) => {
  const { t, i18n } = useLingui();
  if (typeof row.withdrawn_at === "string")
    return <Sign icon={IconCircleX} tone="quiet">{t`Опозван ${day(row.withdrawn_at, i18n.locale)}`}</Sign>;
  const until = day(row.valid_until, i18n.locale);
  if (!live) return <Sign icon={IconClockX} tone="soon">{t`Истекао ${until}`}</Sign>;
  return <Sign icon={IconCircleCheck} tone="good">{t`Важи до ${until}`}</Sign>;
};
