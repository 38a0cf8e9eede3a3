import { Trans } from "@lingui/react/macro";
import { IconSend } from "@tabler/icons-react";
import type { ServiceOut } from "@/api/gen";
import { mayRefer } from "@/app/navigation";
import { useEntries, useLabel } from "@/reference";
import { useMe } from "@/session/me";
import { ButtonLink, Group, Text, TextLink } from "@/ui";
import { CallButton } from "./CallButton";
import { CapacitySign } from "./CapacitySign";
import { OpenSign } from "./OpenSign";

/** One service as a line of the list: who, whether there is a place, whether somebody is there, and how to get on. */
export const ServiceCard = ({ service, need = "" }: { service: ServiceOut; need?: string }) => {
  const label = useLabel("services")(service.code);
  return (
    <article className="row service-row">
      <div>
        <Text fw={600}>{service.name || label}</Text>
        <Text size="sm">
          <TextLink to="/directory/$id" params={{ id: service.organisation }} underline="always">
            {service.organisation_name}
          </TextLink>
          {service.address !== "" && ` · ${service.address}`}
        </Text>
        <Group gap="xs" mt={6}>
          <CapacitySign service={service} />
          <OpenSign service={service} />
        </Group>
      </div>
      <Group gap="xs">
        <CallButton phone={service.phone || service.organisation_phone} name={service.organisation_name} />
        <ReferHere service={service} need={need} />
      </Group>
    </article>
  );
};

/** To a referral for this service, and for the need that was looked for. */
export const ReferHere = ({ service, need = "" }: { service: ServiceOut; need?: string }) => {
  const me = useMe();
  const entry = useEntries("services").find(({ code }) => code === service.code);
  if (!mayRefer(me) || entry?.attributes.referable !== "yes") return null;
  const search = { service: service.id, ...(need === "" ? {} : { need }) };
  return (
    <ButtonLink to="/refer" search={search} variant="light" leftSection={<IconSend size={18} />}>
      <Trans>Упути овде</Trans>
    </ButtonLink>
  );
};
