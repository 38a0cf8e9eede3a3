import { useLingui } from "@lingui/react/macro";
import { PasswordInput } from "@/ui";

interface Props {
  value: string;
  onChange: (password: string) => void;
  fault: string | undefined;
}

/** A password to be remembered from now on. */
export const NewPassword = ({ value, onChange, fault }: Props) => {
  const { t } = useLingui();
  return (
    <PasswordInput
      label={t`Нова лозинка`}
      description={t`Најмање 12 знакова. Најлакше се памте четири обичне речи.`}
      size="md"
      name="new-password"
      required
      withAsterisk={false}
      minLength={12}
      autoComplete="new-password"
      visibilityToggleButtonProps={{ "aria-label": t`Прикажи лозинку` }}
      value={value}
      error={fault}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
};
