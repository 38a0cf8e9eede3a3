import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Answered, ButtonLink, Stack, Text } from "@/ui";
import { auth } from "./auth";
import { NewPassword } from "./NewPassword";
import { StepForm } from "./StepForm";
import { faultAt } from "./StepProblem";
import { useTry } from "./use-try";

const Done = () => (
  <Stack gap="md" role="status">
    <Text>
      <Trans>Лозинка је промењена. Пријавите се новом лозинком; други фактор остаје исти.</Trans>
    </Text>
    <ButtonLink to="/sign-in" size="md">
      <Trans>Пријави се</Trans>
    </ButtonLink>
  </Stack>
);

const Form = ({ secret }: { secret: string }) => {
  const { t } = useLingui();
  const [password, setPassword] = useState("");
  const [done, setDone] = useState(false);
  const tried = useTry(
    () => auth("POST", "auth/password/reset", { key: secret, password }),
    () => setDone(true),
  );
  if (done) return <Done />;
  return (
    <StepForm tried={tried} field="/password" label={t`Сачувај лозинку`}>
      <NewPassword value={password} onChange={setPassword} fault={faultAt(tried, "/password")} />
    </StepForm>
  );
};

/** A new password by the link of a letter. The link is asked about first: an old one takes no typing. */
export const ResetPassword = ({ secret }: { secret: string }) => {
  const valid = useQuery({
    queryKey: ["reset-link"],
    queryFn: () => auth("GET", "auth/password/reset", undefined, { "X-Password-Reset-Key": secret }),
    gcTime: 0,
    staleTime: Infinity,
  });
  return (
    <Stack gap="md">
      <Answered query={valid} lines={2}>
        {() => <Form secret={secret} />}
      </Answered>
      {valid.isError && (
        <ButtonLink to="/reset-password" reloadDocument variant="default" size="md">
          <Trans>Затражи нову везу</Trans>
        </ButtonLink>
      )}
    </Stack>
  );
};
