import { Plural, Trans } from "@lingui/react/macro";
import type { OrganisationOut } from "@/api/gen";
import { useLabel, useOrganisations } from "@/reference";
import { Empty, Group, Skeletons, Text, TextLink } from "@/ui";
import { CallButton } from "./CallButton";
import { matches } from "./fold";
import type { Wanted } from "./wanted";

export const OrganisationList = ({ wanted: { text, municipality } }: { wanted: Wanted }) => {
  const all = useOrganisations();
  const sector = useLabel("sectors");
  if (all.length === 0) return <Skeletons />;
  const rows = all
    .filter((one) => one.is_active && (municipality === "" || one.municipality === municipality))
    .filter((one) => matches(text, one.name, sector(one.sector)));
  return (
    <>
      <Text role="status" c="dimmed">
        <Plural value={rows.length} one="# организација" few="# организације" other="# организација" />
      </Text>
      {rows.length === 0 ? (
        <Empty>
          <Trans>Нема такве организације. Изаберите све општине.</Trans>
        </Empty>
      ) : (
        <ul className="plain-list">
          {rows.map((one) => (
            <li key={one.id}>
              <OrganisationCard organisation={one} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
};

const OrganisationCard = ({ organisation }: { organisation: OrganisationOut }) => {
  const sector = useLabel("sectors")(organisation.sector);
  const town = useLabel("municipalities");
  const { id, name, municipality, phone } = organisation;
  return (
    <article className="row service-row">
      <div>
        <Text fw={600}>
          <TextLink to="/directory/$id" params={{ id }}>
            {name}
          </TextLink>
        </Text>
        <Text size="sm" c="dimmed">
          {[sector, municipality ? town(municipality) : ""].filter((one) => one !== "").join(" · ")}
        </Text>
      </div>
      <Group gap="xs">
        <CallButton phone={phone} name={name} />
      </Group>
    </article>
  );
};
