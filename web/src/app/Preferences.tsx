import { useLingui } from "@lingui/react/macro";
import { Menu, Button, useMantineColorScheme, VisuallyHidden } from "@mantine/core";
import { IconLanguage, IconMoon } from "@tabler/icons-react";
import { choose, isLocale, type Locale } from "./i18n";

const NAMES: Record<Locale, string> = { "sr-Cyrl": "Српски", "sr-Latn": "Srpski", en: "English" };

/** Language and theme, in reach before signing in, too. */
export const Preferences = ({ onLanguage }: { onLanguage?: (locale: Locale) => void }) => {
  const { t, i18n } = useLingui();
  const { setColorScheme } = useMantineColorScheme();
  const take = (locale: Locale) => void choose(locale).then(() => onLanguage?.(locale));
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="subtle" px="xs" leftSection={<IconLanguage size={20} aria-hidden />} size="md" fz="sm">
          <span className="language-name">{isLocale(i18n.locale) ? NAMES[i18n.locale] : ""}</span>
          <VisuallyHidden>, {t`Језик и изглед`}</VisuallyHidden>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {Object.entries(NAMES).map(([locale, name]) => (
          <Menu.Item key={locale} lang={locale} onClick={() => isLocale(locale) && take(locale)}>
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t`Изглед`}</Menu.Label>
        <Menu.Item
          leftSection={<IconMoon size={20} aria-hidden />}
          onClick={() => setColorScheme("dark")}
        >{t`Тамно`}</Menu.Item>
        <Menu.Item onClick={() => setColorScheme("light")}>{t`Светло`}</Menu.Item>
        <Menu.Item onClick={() => setColorScheme("auto")}>{t`Као уређај`}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
