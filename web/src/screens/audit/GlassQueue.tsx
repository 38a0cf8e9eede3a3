import { Trans, useLingui } from "@lingui/react/macro";
import { IconCheck, IconClock, IconClockExclamation, IconHourglass } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { LookRow } from "@/api/gen";
import { breakGlassListOptions } from "@/api/gen/@tanstack/react-query.gen";
import { useLabel, usePersonName } from "@/reference";
import { Answered, dayAndTime, Empty, Group, Sheet, Sign, Stack, Text, UnstyledButton, untilNow } from "@/ui";
import { GlassSheet } from "./GlassSheet";

/** Looks by break-glass: each waits for one verdict, within 72 hours. */
export const GlassQueue = () => {
  const { t } = useLingui();
  const looks = useQuery(breakGlassListOptions({ query: { page_size: 100 } }));
  const [opened, setOpened] = useState<string | null>(null);
  return (
    <Stack gap="md">
      <Answered query={looks}>
        {({ results }) =>
          results.length === 0 ? (
            <Empty>
              <Trans>Нико није тражио ванредни приступ.</Trans>
            </Empty>
          ) : (
            <ul className="plain-list">
              {results.map((one) => (
                <li key={one.id}>
                  <UnstyledButton className="row" w="100%" onClick={() => setOpened(one.id)}>
                    <Line look={one} />
                  </UnstyledButton>
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
      <Sheet title={t`Ванредни приступ`} opened={opened !== null} onClose={() => setOpened(null)}>
        {opened !== null && <GlassSheet id={opened} onDone={() => setOpened(null)} />}
      </Sheet>
    </Stack>
  );
};

const Line = ({ look }: { look: LookRow }) => {
  const { i18n } = useLingui();
  const reason = useLabel("breakglass_reasons");
  const name = usePersonName();
  return (
    <Group justify="space-between" gap="xs">
      <div>
        <Text>{reason(look.reason)}</Text>
        <Text size="sm" c="dimmed">
          {name(look.person)}, {dayAndTime(look.requested_at, i18n.locale)}
        </Text>
      </div>
      <Where look={look} />
    </Group>
  );
};

/** Where it stands: to be confirmed, to be judged, or done. */
const Where = ({ look }: { look: LookRow }) => {
  const { t, i18n } = useLingui();
  if (look.verdict !== null) return <Sign icon={IconCheck} tone="good">{t`оцењено`}</Sign>;
  if (look.state === "waiting") return <Sign icon={IconHourglass} tone="soon">{t`чека другу особу`}</Sign>;
  if (look.state === "lapsed") return <Sign icon={IconClock} tone="quiet">{t`није потврђено на време`}</Sign>;
  if (look.overdue) return <Sign icon={IconClockExclamation} tone="late">{t`оцена касни`}</Sign>;
  const due = look.review_due_at === null ? "" : untilNow(look.review_due_at, i18n.locale);
  return <Sign icon={IconClock} tone="quiet">{t`оцена до: ${due}`}</Sign>;
};
