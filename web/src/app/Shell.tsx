import { Trans, useLingui } from "@lingui/react/macro";
import { AppShell, Group, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { Outlet } from "@tanstack/react-router";
import { keepLanguage } from "@/session/language";
import { FactorSheet } from "@/session/FactorSheet";
import { useMe } from "@/session/me";
import { SignInSheet } from "@/session/SignInSheet";
import { Bell } from "./Bell";
import { BottomBar } from "./BottomBar";
import { placesOf } from "./navigation";
import { PersonMenu } from "./PersonMenu";
import { Preferences } from "./Preferences";
import { SideNavigation } from "./SideNavigation";

/** The frame of every page of somebody who is signed in. */
export const Shell = () => {
  const { t } = useLingui();
  const me = useMe();
  const phone = useMediaQuery("(max-width: 62em)", window.innerWidth <= 992);
  const places = placesOf(me);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 240, breakpoint: "md", collapsed: { mobile: true } }}
      {...(phone ? { footer: { height: 64 } } : {})}
      padding="md"
    >
      <a className="skip" href="#content">
        <Trans>На садржај</Trans>
      </a>
      <AppShell.Header className="no-print">
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Text fw={650} size="xl" c="var(--mantine-primary-color-filled)" className="wordmark" span>
            <Trans>Спона</Trans>
          </Text>
          <Group gap={4} wrap="nowrap">
            <Bell />
            <Preferences onLanguage={(language) => void keepLanguage(language)} />
            <PersonMenu />
          </Group>
        </Group>
      </AppShell.Header>
      {!phone && (
        <AppShell.Navbar p="xs" className="no-print" aria-label={t`Главна навигација`}>
          <SideNavigation me={me} places={places} />
        </AppShell.Navbar>
      )}
      <AppShell.Main id="content">
        <div className="content">
          <Outlet />
        </div>
      </AppShell.Main>
      {phone && (
        <AppShell.Footer className="no-print">
          <BottomBar me={me} places={places} />
        </AppShell.Footer>
      )}
      <FactorSheet />
      <SignInSheet />
    </AppShell>
  );
};
