import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { authInside } from "@/session/auth";
import { NewPassword } from "@/session/NewPassword";
import { faultAt, StepProblem } from "@/session/StepProblem";
import { useTry } from "@/session/use-try";
import { useMe } from "@/session/me";
import { Button, PasswordInput, Section, Sheet, Stack, tell, useDisclosure } from "@/ui";

const Form = ({ onDone }: { onDone: () => void }) => {
  const { t } = useLingui();
  const { username } = useMe();
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState("");
  const change = { current_password: old, new_password: fresh };
  const tried = useTry(() => authInside("POST", "account/password/change", change), onDone);
  const fault = { old: faultAt(tried, "/current_password"), fresh: faultAt(tried, "/new_password") };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        tried.run();
      }}
    >
      <Stack gap="md">
        {fault.old === undefined && fault.fresh === undefined && <StepProblem tried={tried} />}
        <input hidden readOnly autoComplete="username" value={username} />
        <PasswordInput
          label={t`Садашња лозинка`}
          size="md"
          required
          withAsterisk={false}
          data-autofocus
          autoComplete="current-password"
          visibilityToggleButtonProps={{ "aria-label": t`Прикажи лозинку` }}
          value={old}
          error={fault.old}
          onChange={(event) => setOld(event.currentTarget.value)}
        />
        <NewPassword value={fresh} onChange={setFresh} fault={fault.fresh} />
        <Button type="submit" size="md" loading={tried.busy}>
          <Trans>Сачувај лозинку</Trans>
        </Button>
      </Stack>
    </form>
  );
};

export const Password = () => {
  const { t } = useLingui();
  const [opened, { open, close }] = useDisclosure();
  return (
    <Section
      title={t`Лозинка`}
      actions={
        <Button variant="default" size="md" onClick={open}>
          <Trans>Промени лозинку</Trans>
        </Button>
      }
    >
      <Sheet title={t`Промена лозинке`} size="md" opened={opened} onClose={close}>
        <Form
          onDone={() => {
            close();
            tell(t`Лозинка је промењена.`);
          }}
        />
      </Sheet>
    </Section>
  );
};
