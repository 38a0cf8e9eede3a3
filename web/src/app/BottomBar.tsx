import { Trans, useLingui } from "@lingui/react/macro";
import { Menu, UnstyledButton } from "@mantine/core";
import { IconMenu2, IconSend } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { MeOut } from "@/api/gen";
import { mayRefer, type Place } from "./navigation";
import { WaitingCount } from "./WaitingCount";

const SHOWN = 3;

/** On a phone: the first places and the new referral under the thumb, the rest behind "more". */
export const BottomBar = ({ me, places }: { me: MeOut; places: readonly Place[] }) => {
  const { t, i18n } = useLingui();
  return (
    <nav className="bottom-bar" aria-label={t`Главна навигација`}>
      {places.slice(0, SHOWN).map(({ to, name, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          className="bottom-place"
          activeOptions={{ exact: to === "/" }}
          activeProps={{ "aria-current": "page" }}
        >
          <Icon size={24} aria-hidden />
          {i18n._(name)}
          <WaitingCount me={me} to={to} />
        </Link>
      ))}
      {mayRefer(me) && (
        <Link to="/refer" className="bottom-place bottom-refer" activeProps={{ "aria-current": "page" }}>
          <IconSend size={24} aria-hidden />
          <Trans>Нови упут</Trans>
        </Link>
      )}
      <Menu position="top-end">
        <Menu.Target>
          <UnstyledButton className="bottom-place">
            <IconMenu2 size={24} aria-hidden />
            <Trans>Још</Trans>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {places.slice(SHOWN).map(({ to, name, icon: Icon }) => (
            <Menu.Item key={to} component={Link} to={to} leftSection={<Icon size={20} aria-hidden />}>
              {i18n._(name)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </nav>
  );
};
