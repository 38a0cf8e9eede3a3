import { Trans, useLingui } from "@lingui/react/macro";
import { useLabel } from "@/reference";
import { useMe } from "@/session/me";
import { Button, Facts, Section, Sheet, useDisclosure } from "@/ui";
import { AboutMeForm } from "./AboutMeForm";

/** Who I am here: name, places, roles. */
export const AboutMe = () => {
  const { t } = useLingui();
  const me = useMe();
  const role = useLabel("roles");
  const [opened, { open, close }] = useDisclosure();
  const roles = [...new Set(me.seats.map((seat) => role(seat.role)))].join(", ");
  return (
    <Section
      title={t`О мени`}
      actions={
        <Button variant="default" size="md" onClick={open}>
          <Trans>Промени име или имејл</Trans>
        </Button>
      }
    >
      <Facts
        of={[
          [t`Име`, me.display_name],
          [t`Корисничко име`, me.username],
          [t`Имејл`, me.email],
          [t`Организација`, me.organisations.map(({ name }) => name).join(", ")],
          [t`Улога`, roles],
        ]}
      />
      <Sheet title={t`Име и имејл`} size="md" opened={opened} onClose={close}>
        <AboutMeForm onDone={close} />
      </Sheet>
    </Section>
  );
};
