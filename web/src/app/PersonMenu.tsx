import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Menu } from "@mantine/core";
import { IconLogout, IconUser, IconUserCircle } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { leave, leaveWithOtherTabs } from "@/session/leave";
import { useMe } from "@/session/me";
import { useTry } from "@/session/use-try";
import { tell } from "@/ui";

/** Who is signed in here, and the way out. */
export const PersonMenu = () => {
  const { t } = useLingui();
  const me = useMe();
  const out = useTry(leave);
  useEffect(leaveWithOtherTabs, []);
  useEffect(() => {
    if (out.problem !== undefined) tell(t`Одјава није успела. Проверите везу и покушајте поново.`);
  }, [out.problem, t]);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" size={44} aria-label={t`Налог: ${me.display_name}`}>
          <IconUserCircle size={24} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.display_name}</Menu.Label>
        <Menu.Item component={Link} to="/account" leftSection={<IconUser size={20} aria-hidden />}>
          <Trans>Мој налог</Trans>
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={20} aria-hidden />} disabled={out.busy} onClick={() => out.run()}>
          <Trans>Одјави се</Trans>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
