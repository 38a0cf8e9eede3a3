import "./door.css";
import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Preferences } from "@/app/Preferences";
import { Anchor, Group, Stack, Text } from "@/ui";
import { FactorSheet } from "./FactorSheet";

/** The frame of the pages outside: what this is, one thing to do, language and theme in reach. */
export const Door = ({ children }: { children: ReactNode }) => {
  const { t } = useLingui();
  return (
    <div className="door">
      <header className="door-head no-print">
        <Text fw={650} size="xl" c="var(--mantine-primary-color-filled)" className="wordmark" span>
          <Trans>Спона</Trans>
        </Text>
        <Preferences />
      </header>
      <main className="door-main" id="content">
        <div className="door-card">{children}</div>
        <aside className="door-about no-print" aria-label={t`О Спони`}>
          <Stack gap="sm">
            <Text size="lg" fw={600}>
              <Trans>Заједно, да нико не остане на пола пута.</Trans>
            </Text>
            <Text>
              <Trans>
                Спона повезује здравство, социјални рад и удружења у општини која помажу истој особи са проблемом
                зависности: упут стигне, неко одговори, помоћ се догоди.
              </Trans>
            </Text>
            <ul className="door-promises">
              <li>
                <Trans>Имена се не уносе. Особа овде има само ознаку.</Trans>
              </li>
              <li>
                <Trans>О томе шта се дели одлучује пристанак особе.</Trans>
              </li>
              <li>
                <Trans>Сваки увид остаје забележен.</Trans>
              </li>
            </ul>
          </Stack>
        </aside>
      </main>
      <footer className="door-foot no-print">
        <Group gap="md" component="nav" aria-label={t`Јавне странице`}>
          <Anchor href="/transparency" className="touch-link">
            <Trans>Јавни подаци о раду</Trans>
          </Anchor>
          <Anchor href="/api/docs/" className="touch-link">
            <Trans>Документација за програмере</Trans>
          </Anchor>
        </Group>
      </footer>
      <FactorSheet />
    </div>
  );
};
