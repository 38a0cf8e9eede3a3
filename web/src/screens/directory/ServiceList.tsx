import { Plural, Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { MunicipalitiesCode, NeedsCode, ServiceOut } from "@/api/gen";
import { codesOf, useEntries, useLabel } from "@/reference";
import { Answered, Empty, Text } from "@/ui";
import { byCapacity } from "./capacity";
import { matches } from "./fold";
import { ServiceCard } from "./ServiceCard";
import { servicesOptions } from "./services";
import type { Wanted } from "./wanted";

/** The services that fit. The service narrows by need, town and free places; words and kinds are looked for here. */
export const ServiceList = ({ wanted }: { wanted: Wanted }) => {
  const need = wanted.need === "" ? {} : { need: codesOf<NeedsCode>(wanted.need) };
  const town = wanted.municipality === "" ? {} : { municipality: codesOf<MunicipalitiesCode>(wanted.municipality) };
  const found = useQuery(servicesOptions({ ...need, ...town, ...(wanted.free ? { free: true } : {}) }));
  const arranged = useArranged(wanted);
  return <Answered query={found}>{(all) => <Rows rows={arranged(all)} need={wanted.need} />}</Answered>;
};

const useArranged = ({ text, need, group }: Wanted) => {
  const label = useLabel("services");
  const entries = useEntries("services");
  const typical = (useEntries("needs").find(({ code }) => code === need)?.attributes.typical_services ?? "").split(";");
  const groupOf = (code: string) => entries.find((one) => one.code === code)?.attributes.group;
  const rank = ({ code }: ServiceOut) => (typical.includes(code) ? 0 : 1);
  return (all: readonly ServiceOut[]): ServiceOut[] =>
    all
      .filter(({ code }) => group === "" || groupOf(code) === group)
      .filter(({ code, name, organisation_name }) => matches(text, label(code), name, organisation_name))
      .sort((one, other) => rank(one) - rank(other) || byCapacity(one, other));
};

const Rows = ({ rows, need }: { rows: readonly ServiceOut[]; need: string }) => (
  <>
    <Text role="status" c="dimmed">
      <Plural value={rows.length} one="# услуга" few="# услуге" other="# услуга" />
    </Text>
    {rows.length === 0 ? (
      <Empty>
        <Trans>Нема такве услуге. Изаберите све општине, или мање услова.</Trans>
      </Empty>
    ) : (
      <ul className="plain-list">
        {rows.map((one) => (
          <li key={one.id}>
            <ServiceCard service={one} need={need} />
          </li>
        ))}
      </ul>
    )}
  </>
);
