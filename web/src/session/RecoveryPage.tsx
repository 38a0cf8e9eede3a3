import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { recoveriesUse } from "@/api/gen";
import { Page, PasswordInput, Stack, Text } from "@/ui";
import { byLink, comeIn, knock } from "./come-in";
import { Door } from "./Door";
import { useSecret } from "./link-secret";
import { NoSecret } from "./NoSecret";
import { StepForm } from "./StepForm";
import { faultAt } from "./StepProblem";
import { useTry } from "./use-try";

const Form = ({ token }: { token: string }) => {
  const { t } = useLingui();
  const [password, setPassword] = useState("");
  const tried = useTry(async () => {
    await knock();
    const { data } = await byLink(recoveriesUse({ body: { token, password }, throwOnError: true }));
    await comeIn(data.username, password);
  });
  return (
    <StepForm tried={tried} field="/password" label={t`Врати приступ`}>
      <PasswordInput
        label={t`Лозинка`}
        size="md"
        required
        withAsterisk={false}
        autoComplete="current-password"
        visibilityToggleButtonProps={{ "aria-label": t`Прикажи лозинку` }}
        value={password}
        error={faultAt(tried, "/password")}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
    </StepForm>
  );
};

/** The way back for who has lost every second factor: two people have agreed to it. */
export const RecoveryPage = () => {
  const { t } = useLingui();
  const token = useSecret();
  return (
    <Door>
      <Page title={t`Повратак на налог`}>
        {token === "" ? (
          <NoSecret />
        ) : (
          <Stack gap="md">
            <Text>
              <Trans>
                Стари начини потврде биће уклоњени. Унесите своју лозинку, па одмах додајте нови. Веза важи једном, пола
                сата.
              </Trans>
            </Text>
            <Form token={token} />
          </Stack>
        )}
      </Page>
    </Door>
  );
};
