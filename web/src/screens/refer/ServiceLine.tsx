import type { ServiceOut } from "@/api/gen";
import { useLabel } from "@/reference";
import { CapacitySign } from "@/screens/directory/CapacitySign";
import { OpenSign } from "@/screens/directory/OpenSign";
import { Group, Radio, Text } from "@/ui";

/** One service to choose: what, who, whether there is a place, whether it is open. */
export const ServiceLine = ({ service }: { service: ServiceOut }) => {
  const label = useLabel("services")(service.code);
  return (
    <Radio
      value={service.id}
      className="refer-choice"
      size="md"
      label={
        <>
          <Text span fw={600} display="block">
            {service.name || label}
          </Text>
          <Text span size="sm" c="dimmed" display="block" mb={6}>
            {service.organisation_name}
          </Text>
          <Group component="span" gap="xs" display="inline-flex">
            <CapacitySign service={service} />
            <OpenSign service={service} />
          </Group>
        </>
      }
    />
  );
};
