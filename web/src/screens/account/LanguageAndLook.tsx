import { useLingui } from "@lingui/react/macro";
import { type MantineColorScheme, useMantineColorScheme } from "@mantine/core";
import { changeLanguage } from "@/session/language";
import { Group, Radio, Section, SimpleGrid } from "@/ui";

const LANGUAGES = [
  ["sr-Cyrl", "Српски (ћирилица)"],
  ["sr-Latn", "Srpski (latinica)"],
  ["en", "English"],
] as const;
const isScheme = (text: string): text is MantineColorScheme => ["light", "dark", "auto"].includes(text);

/** Both take effect at once; the language goes along to other devices. */
export const LanguageAndLook = () => {
  const { t, i18n } = useLingui();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const looks = { light: t`Светло`, dark: t`Тамно`, auto: t`Као уређај` };
  return (
    <Section title={t`Језик и изглед`}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Radio.Group label={t`Језик`} value={i18n.locale} onChange={(value) => void changeLanguage(value)}>
          <Group gap="md" className="choices">
            {LANGUAGES.map(([value, name]) => (
              <Radio key={value} value={value} label={<span lang={value}>{name}</span>} size="md" />
            ))}
          </Group>
        </Radio.Group>
        <Radio.Group
          label={t`Изглед`}
          value={colorScheme}
          onChange={(value) => isScheme(value) && setColorScheme(value)}
        >
          <Group gap="md" className="choices">
            {Object.entries(looks).map(([value, name]) => (
              <Radio key={value} value={value} label={name} size="md" />
            ))}
          </Group>
        </Radio.Group>
      </SimpleGrid>
    </Section>
  );
};
