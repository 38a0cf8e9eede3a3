import { useLingui } from "@lingui/react/macro";
import { Page } from "@/ui";
import { AskForReset } from "./AskForReset";
import { Door } from "./Door";
import { useSecret } from "./link-secret";
import { ResetPassword } from "./ResetPassword";

/** With the secret of a letter: a new password. Without: ask for such a letter. */
export const ResetPasswordPage = () => {
  const { t } = useLingui();
  const secret = useSecret();
  return (
    <Door>
      <Page title={secret === "" ? t`Заборављена лозинка` : t`Нова лозинка`}>
        {secret === "" ? <AskForReset /> : <ResetPassword secret={secret} />}
      </Page>
    </Door>
  );
};
