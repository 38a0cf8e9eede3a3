import { Trans, useLingui } from "@lingui/react/macro";
import { IconBan, IconMail } from "@tabler/icons-react";
import { useState } from "react";
import type { OrganisationOut } from "@/api/gen";
import { useLabel } from "@/reference";
import { Button, Group, Sheet, Sign, Stack, Text } from "@/ui";
import { EditOrganisation } from "./EditOrganisation";
import { OrganisationServices } from "./OrganisationServices";

export const OrganisationLine = ({ organisation }: { organisation: OrganisationOut }) => {
  const { t } = useLingui();
  const sector = useLabel("sectors")(organisation.sector);
  const town = useLabel("municipalities");
  const [open, setOpen] = useState<"itself" | "services" | null>(null);
  const { name, municipality, phone } = organisation;
  const facts = [sector, municipality === null ? "" : town(municipality), phone].filter((one) => one !== "");
  const close = () => setOpen(null);
  return (
    <Group justify="space-between" gap="xs">
      <Stack gap={2}>
        <Text fw={600}>{name}</Text>
        <Text size="sm" c="dimmed">
          {facts.join(" · ")}
        </Text>
        <Group gap="xs">
          {!organisation.is_active && <Sign icon={IconBan} tone="late">{t`не ради`}</Sign>}
          {!organisation.has_accounts && <Sign icon={IconMail} tone="quiet">{t`без налога, писмима`}</Sign>}
        </Group>
      </Stack>
      <Group gap="xs">
        <Button variant="default" size="md" aria-label={t`Услуге: ${name}`} onClick={() => setOpen("services")}>
          <Trans>Услуге</Trans>
        </Button>
        <Button variant="default" size="md" aria-label={t`Измени: ${name}`} onClick={() => setOpen("itself")}>
          <Trans>Измени</Trans>
        </Button>
      </Group>
      <Sheet title={name} opened={open === "itself"} onClose={close}>
        {open === "itself" && <EditOrganisation organisation={organisation} onDone={close} />}
      </Sheet>
      <Sheet title={t`Услуге: ${name}`} opened={open === "services"} onClose={close}>
        {open === "services" && <OrganisationServices organisation={organisation.id} />}
      </Sheet>
    </Group>
  );
};
