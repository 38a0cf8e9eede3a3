import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { PasswordInput, TextInput, TextLink } from "@/ui";
import { auth } from "./auth";
import { StepForm } from "./StepForm";
import { useTry } from "./use-try";

interface Props {
  /** Only this person may come in: signing in again over the page. */
  username: string | undefined;
  onDone: () => void;
}

export const PasswordStep = ({ username: fixed, onDone }: Props) => {
  const { t } = useLingui();
  const [username, setUsername] = useState(fixed ?? "");
  const [password, setPassword] = useState("");
  const tried = useTry(() => auth("POST", "auth/login", { username: username.trim(), password }), onDone);
  return (
    <StepForm
      tried={tried}
      label={t`Настави`}
      below={
        fixed === undefined && (
          <TextLink to="/reset-password" className="touch-link">
            <Trans>Заборавили сте лозинку?</Trans>
          </TextLink>
        )
      }
    >
      <TextInput
        label={t`Корисничко име`}
        size="md"
        name="username"
        required
        withAsterisk={false}
        readOnly={fixed !== undefined}
        autoFocus={fixed === undefined}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        value={username}
        onChange={(event) => setUsername(event.currentTarget.value)}
      />
      <PasswordInput
        label={t`Лозинка`}
        size="md"
        name="password"
        required
        withAsterisk={false}
        autoFocus={fixed !== undefined}
        autoComplete="current-password"
        visibilityToggleButtonProps={{ "aria-label": t`Прикажи лозинку` }}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
    </StepForm>
  );
};
