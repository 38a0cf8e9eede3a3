import { Trans, useLingui } from "@lingui/react/macro";
import { NavLink, Stack } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { createLink } from "@tanstack/react-router";
import type { MeOut } from "@/api/gen";
import { ButtonLink } from "@/ui";
import { mayRefer, type Place } from "./navigation";
import { WaitingCount } from "./WaitingCount";

const NavigationLink = createLink(NavLink<"a">);

/** Places with icon and word, down the left side. */
export const SideNavigation = ({ me, places }: { me: MeOut; places: readonly Place[] }) => {
  const { i18n } = useLingui();
  return (
    <Stack gap="xs">
      {mayRefer(me) && (
        <ButtonLink to="/refer" size="md" leftSection={<IconSend size={20} aria-hidden />}>
          <Trans>Нови упут</Trans>
        </ButtonLink>
      )}
      {places.map(({ to, name, icon: Icon }) => (
        <NavigationLink
          key={to}
          to={to}
          className="place"
          label={i18n._(name)}
          activeOptions={{ exact: to === "/" }}
          activeProps={{ active: true, "aria-current": "page" }}
          leftSection={<Icon size={20} aria-hidden />}
          rightSection={<WaitingCount me={me} to={to} />}
        />
      ))}
    </Stack>
  );
};
