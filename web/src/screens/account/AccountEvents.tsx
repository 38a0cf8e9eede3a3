import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { AccountEventOut } from "@/api/gen";
import { meAccountEventsListOptions } from "@/api/gen/@tanstack/react-query.gen";
import { useLabel } from "@/reference";
import { Answered, Button, dayAndTime, Group, Text, useDisclosure } from "@/ui";
import { eventName, FEW, newest } from "./event-names";

const EventRow = ({ event }: { event: AccountEventOut }) => {
  const { i18n, t } = useLingui();
  const role = useLabel("roles");
  const what = [i18n._(eventName(event.action)), ...(event.role === null ? [] : [role(event.role)])];
  const waits = event.waits ? [t`чека другу особу`] : [];
  const when = [dayAndTime(event.at, i18n.locale), ...event.by_roles.map((one) => role(one)), ...waits];
  return (
    <li className="row">
      <Text fw={600}>{what.join(": ")}</Text>
      <Text size="sm" c="dimmed">
        {when.join(" · ")}
      </Text>
    </li>
  );
};

/** What others did to my account in the last 90 days: as what they did it, not who they are. */
export const AccountEvents = () => {
  const events = useQuery(meAccountEventsListOptions());
  const [all, { open }] = useDisclosure();
  return (
    <Answered query={events} lines={2}>
      {({ results }) =>
        results.length === 0 ? (
          <Text>
            <Trans>У последњих 90 дана нико други није ништа мењао на Вашем налогу.</Trans>
          </Text>
        ) : (
          <>
            <Text>
              <Trans>Шта су други радили на Вашем налогу у последњих 90 дана:</Trans>
            </Text>
            <ul className="plain-list">
              {newest(results, all).map((event) => (
                <EventRow key={`${event.at} ${event.action}`} event={event} />
              ))}
            </ul>
            {!all && results.length > FEW && (
              <Group>
                <Button variant="default" size="md" onClick={open}>
                  <Trans>Прикажи све</Trans>
                </Button>
              </Group>
            )}
          </>
        )
      }
    </Answered>
  );
};
