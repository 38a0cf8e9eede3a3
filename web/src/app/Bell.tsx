import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Popover } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBell } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { notificationsListOptions } from "@/api/gen/@tanstack/react-query.gen";
import { may, useMe } from "@/session/me";
import { Notices } from "./Notices";

const SHOWN = 20;

/** What happened since one looked last. It is asked when a page opens, never by a clock: a clock would keep a session
 * alive that nobody sits at. */
export const Bell = () => {
  const { t } = useLingui();
  const me = useMe();
  const hears = may(me, "referral.preview") || may(me, "breakglass.review");
  const [opened, { toggle, close }] = useDisclosure();
  const news = useQuery({
    ...notificationsListOptions({ query: { unread: true, page_size: SHOWN } }),
    enabled: hears,
    staleTime: 60_000,
  });
  if (!hears) return null;
  const rows = news.data?.results ?? [];
  const count = news.data?.next ? `${rows.length}+` : String(rows.length);
  return (
    <Popover
      opened={opened}
      onChange={close}
      position="bottom-end"
      width="min(21rem, calc(100vw - 1rem))"
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          size={44}
          className="bell"
          onClick={toggle}
          aria-label={rows.length === 0 ? t`Обавештења` : t`Обавештења, непрочитаних: ${count}`}
        >
          <IconBell size={22} aria-hidden />
          {rows.length > 0 && (
            <span className="bell-count" aria-hidden>
              {count}
            </span>
          )}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t`Обавештења`} className="notices">
        {rows.length === 0 ? <Trans>Нема нових обавештења.</Trans> : <Notices rows={rows} onLeave={close} />}
      </Popover.Dropdown>
    </Popover>
  );
};
