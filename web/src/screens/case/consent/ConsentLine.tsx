import { Trans, useLingui } from "@lingui/react/macro";
import { IconCircleCheck, IconCircleX, IconClockX, IconPrinter } from "@tabler/icons-react";
import type { CaseOut, ConsentOut } from "@/api/gen";
import { useEntries, useLabel, useOrganisationName } from "@/reference";
import { may, useMe } from "@/session/me";
import { Button, ButtonLink, day, Group, Sheet, Sign, Stack, Text, useDisclosure } from "@/ui";
import { Withdraw } from "./Withdraw";

export const ConsentLine = ({ one, row }: { one: CaseOut; row: ConsentOut }) => {
  const { t } = useLingui();
  const me = useMe();
  const organisation = useOrganisationName();
  const classes = useLabel("data_classes");
  const title = useTitle(row);
  const [asking, { open, close }] = useDisclosure(false);
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
        </Group>
      </Stack>
      <Sheet title={t`Опозив пристанка`} opened={asking} onClose={close}>
        <Withdraw consent={row} onDone={close} />
      </Sheet>
    </li>
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
