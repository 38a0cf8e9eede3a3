import { Trans, useLingui } from "@lingui/react/macro";
import { useLabel } from "@/reference";
import { useMe } from "@/session/me";
import { List, Page, Section, Stack, Text } from "@/ui";
import { STEPS } from "./steps";

/** What the app is for, what everybody keeps to, and what each role of this person does with it. */
export const Help = () => {
  const { t, i18n } = useLingui();
  const role = useLabel("roles");
  const roles = [...new Set(useMe().seats.map((seat) => seat.role))];
  return (
    <Page title={t`Помоћ`}>
      <Stack gap="xl" maw="44rem">
        <Rules />
        {roles.map((code) => (
          <Section key={code} title={role(code)}>
            <List type="ordered" spacing="sm">
              {(STEPS[code] ?? []).map((step) => (
                <List.Item key={step.id}>{i18n._(step)}</List.Item>
              ))}
            </List>
          </Section>
        ))}
        <Trouble />
      </Stack>
    </Page>
  );
};

const Rules = () => {
  const { t } = useLingui();
  return (
    <Section title={t`Чега се сви држимо`}>
      <List spacing="sm">
        <List.Item>
          <Trans>Имена, бројеви и адресе се не уписују. Особу препознајете по шифри и по две договорене речи.</Trans>
        </List.Item>
        <List.Item>
          <Trans>Дели се само оно на шта је особа пристала, и само са онима за које је пристала.</Trans>
        </List.Item>
        <List.Item>
          <Trans>
            Свако отварање случаја се бележи. Особа из локалне самоуправе прегледа записе и може да пита зашто.
          </Trans>
        </List.Item>
        <List.Item>
          <Trans>Особа може да повуче пристанак кад год хоће. Приступ престаје истог тренутка.</Trans>
        </List.Item>
      </List>
    </Section>
  );
};

const Trouble = () => {
  const { t } = useLingui();
  return (
    <Section title={t`Кад нешто не иде`}>
      <Text>
        <Trans>
          Ако се веза прекине или пријава истекне, оно што сте писали остаје на овом уређају, закључано, док се поново
          не пријавите. Ако пошаљете двапут, упут ће постојати једном.
        </Trans>
      </Text>
      <Text>
        <Trans>
          Уз поруку о грешци стоји ознака захтева. Пошаљите је координатору тима или подршци; у њој нема ничега о особи.
        </Trans>
      </Text>
      <Text>
        <Trans>Кад је нечији живот у опасности, зовите 194 или 192. Упут није хитна помоћ.</Trans>
      </Text>
    </Section>
  );
};
