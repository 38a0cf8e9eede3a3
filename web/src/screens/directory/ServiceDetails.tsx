import { useLingui } from "@lingui/react/macro";
import type { ScheduleField, ServiceOut } from "@/api/gen";
import { useLabel } from "@/reference";
import { day, Facts, Group, Stack, Title, untilNow } from "@/ui";
import { CallButton } from "./CallButton";
import { CapacitySign } from "./CapacitySign";
import { dayName } from "./hours";
import { OpenSign } from "./OpenSign";
import { OwnService } from "./OwnService";
import { ReferHere } from "./ServiceCard";

/** A service with all that is written of it. A place that has to stay secret has no address. */
export const ServiceDetails = ({ service }: { service: ServiceOut }) => {
  const { t, i18n } = useLingui();
  const label = useLabel("services")(service.code);
  const town = useLabel("municipalities");
  const { locale } = i18n;
  return (
    <Stack component="article" gap="sm" className="service">
      <Title order={3}>{service.name || label}</Title>
      <Group gap="xs">
        <CapacitySign service={service} />
        <OpenSign service={service} />
      </Group>
      <Facts
        of={[
          [t`Врста`, service.name === "" ? "" : label],
          [t`Адреса`, service.address],
          [t`Радно време`, service.schedule.length === 0 ? "" : <Hours schedule={service.schedule} />],
          [t`За кога`, service.eligibility],
          [t`Подручје`, service.area_served.map((one) => town(one)).join(", ") || t`цела Србија`],
          [t`Подаци проверени`, service.assured_at === null ? "" : untilNow(service.assured_at, locale)],
          [t`Финансирање до`, service.funding_ends_on === null ? "" : day(service.funding_ends_on, locale)],
        ]}
      />
      <Group gap="xs">
        <CallButton phone={service.phone || service.organisation_phone} name={service.organisation_name} />
        <ReferHere service={service} />
      </Group>
      <OwnService service={service} />
    </Stack>
  );
};

const Hours = ({ schedule }: { schedule: readonly ScheduleField[] }) => {
  const { i18n } = useLingui();
  return (
    <ul className="plain-list">
      {schedule.map(({ byday, opens_at, closes_at }) => {
        const days = byday.split(",").map((one) => dayName(one, i18n.locale));
        const span = days.length > 2 ? `${days[0]} – ${days.at(-1)}` : days.join(", ");
        return (
          <li key={`${byday} ${opens_at}`}>{`${isRow(byday) ? span : days.join(", ")}: ${opens_at}–${closes_at}`}</li>
        );
      })}
    </ul>
  );
};

/** Whether days stand one after another, so that the first and the last say it all. */
const isRow = (byday: string): boolean => "MO,TU,WE,TH,FR,SA,SU".includes(byday);
