import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { ButtonLink, Stack, Text, TextInput } from "@/ui";
import { auth } from "./auth";
import { StepForm } from "./StepForm";
import { faultAt } from "./StepProblem";
import { useTry } from "./use-try";

/** Ask for a letter with a link. The answer is the same for addresses that nobody has. */
export const AskForReset = () => {
  const { t } = useLingui();
  const [email, setEmail] = useState("");
  const [sent, setSent] = useState(false);
  const tried = useTry(
    () => auth("POST", "auth/password/request", { email: email.trim() }),
    () => setSent(true),
  );
  if (sent)
    return (
      <Stack gap="md" role="status">
        <Text>
          <Trans>Ако та адреса припада неком налогу, стиже писмо са везом која важи један сат.</Trans>
        </Text>
        <Text>
          <Trans>Ако писмо не стигне, обратите се координатору тима: Ваш налог можда нема адресу.</Trans>
        </Text>
        <ButtonLink to="/sign-in" variant="default" size="md">
          <Trans>Назад на пријаву</Trans>
        </ButtonLink>
      </Stack>
    );
  return (
    <StepForm
      tried={tried}
      field="/email"
      label={t`Пошаљи везу`}
      below={
        <ButtonLink to="/sign-in" variant="subtle" size="md">
          <Trans>Назад на пријаву</Trans>
        </ButtonLink>
      }
    >
      <TextInput
        type="email"
        label={t`Имејл адреса Вашег налога`}
        size="md"
        required
        withAsterisk={false}
        autoComplete="email"
        value={email}
        error={faultAt(tried, "/email")}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
    </StepForm>
  );
};
