import { Trans, useLingui } from "@lingui/react/macro";
import { IconArrowLeft, IconBan, IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { onward } from "@/api";
import type { ServiceOut } from "@/api/gen";
import { servicesListInfiniteOptions } from "@/api/gen/@tanstack/react-query.gen";
import { useLabel } from "@/reference";
import { Button, Group, Sign, Stack, Text } from "@/ui";
import { EditService } from "./EditService";
import { Rows } from "./Rows";

/** What one organisation offers; one of them, or a new one, is opened in its place. */
export const OrganisationServices = ({ organisation }: { organisation: string }) => {
  const { t } = useLingui();
  const query = { organisation, page_size: 100 };
  const services = useInfiniteQuery({ ...servicesListInfiniteOptions({ query }), ...onward });
  const [open, setOpen] = useState<ServiceOut | "new" | null>(null);
  const close = () => setOpen(null);
  if (open !== null) {
    return (
      <Stack gap="md" align="stretch">
        <Group>
          <Button variant="subtle" size="md" leftSection={<IconArrowLeft size={18} aria-hidden />} onClick={close}>
            <Trans>Све услуге</Trans>
          </Button>
        </Group>
        {open === "new" ? (
          <EditService organisation={organisation} onDone={close} />
        ) : (
          <EditService organisation={organisation} service={open} onDone={close} />
        )}
      </Stack>
    );
  }
  return (
    <Stack gap="md">
      <Rows query={services} rowKey={({ id }) => id} none={t`Још није уписана ниједна услуга.`}>
        {(one) => <ServiceLine service={one} onOpen={() => setOpen(one)} />}
      </Rows>
      <Group>
        <Button size="md" leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setOpen("new")}>
          <Trans>Нова услуга</Trans>
        </Button>
      </Group>
    </Stack>
  );
};

const ServiceLine = ({ service, onOpen }: { service: ServiceOut; onOpen: () => void }) => {
  const { t } = useLingui();
  const kind = useLabel("services")(service.code);
  const facts = [service.name, service.phone, service.address].filter((one) => one !== "" && one !== kind);
  return (
    <Group justify="space-between" gap="xs">
      <Stack gap={2}>
        <Text fw={600}>{kind}</Text>
        <Text size="sm" c="dimmed">
          {facts.join(" · ")}
        </Text>
        {!service.is_active && (
          <Group>
            <Sign icon={IconBan} tone="late">{t`не ради`}</Sign>
          </Group>
        )}
      </Stack>
      <Button variant="default" size="md" aria-label={t`Измени: ${kind}`} onClick={onOpen}>
        <Trans>Измени</Trans>
      </Button>
    </Group>
  );
};
