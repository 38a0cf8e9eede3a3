import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { invitationsAccept } from "@/api/gen";
import { current } from "@/app/i18n";
import { Page, Stack, Text, TextInput } from "@/ui";
import { byLink, comeIn, knock } from "./come-in";
import { Door } from "./Door";
import { useSecret } from "./link-secret";
import { NewPassword } from "./NewPassword";
import { NoSecret } from "./NoSecret";
import { StepForm } from "./StepForm";
import { faultAt } from "./StepProblem";
import { useTry } from "./use-try";

const NOTHING = { username: "", display_name: "", password: "" };
const FIELDS = ["/username", "/display_name", "/password"];

const Form = ({ token }: { token: string }) => {
  const { t } = useLingui();
  const [given, setGiven] = useState(NOTHING);
  const set = (name: keyof typeof NOTHING) => (value: string) => setGiven((old) => ({ ...old, [name]: value }));
  const tried = useTry(async () => {
    await knock();
    const body = { ...given, username: given.username.trim(), token, language: current() };
    await byLink(invitationsAccept({ body, throwOnError: true }));
    await comeIn(body.username, body.password);
  });
  return (
    <StepForm
      tried={tried}
      field={FIELDS.find((one) => faultAt(tried, one) !== undefined) ?? ""}
      label={t`Направи налог`}
    >
      <TextInput
        label={t`Корисничко име`}
        description={t`Њиме се пријављујете. Мала слова, цифре и тачке.`}
        size="md"
        required
        withAsterisk={false}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        value={given.username}
        error={faultAt(tried, "/username")}
        onChange={(event) => set("username")(event.currentTarget.value)}
      />
      <TextInput
        label={t`Како да Вас колеге виде`}
        description={t`Ваше име, на пример „Јована Јовић, ЦСР“.`}
        size="md"
        required
        withAsterisk={false}
        autoComplete="name"
        value={given.display_name}
        error={faultAt(tried, "/display_name")}
        onChange={(event) => set("display_name")(event.currentTarget.value)}
      />
      <NewPassword value={given.password} onChange={set("password")} fault={faultAt(tried, "/password")} />
    </StepForm>
  );
};

/** Taking up an invitation: an account, then a second factor. */
export const InvitationPage = () => {
  const { t } = useLingui();
  const token = useSecret();
  return (
    <Door>
      <Page title={t`Добро дошли`}>
        {token === "" ? (
          <NoSecret />
        ) : (
          <Stack gap="md">
            <Text>
              <Trans>Позвани сте у Спону. Направите налог; одмах затим додајете и други фактор пријаве.</Trans>
            </Text>
            <Form token={token} />
          </Stack>
        )}
      </Page>
    </Door>
  );
};
