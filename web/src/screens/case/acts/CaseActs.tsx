import { Trans, useLingui } from "@lingui/react/macro";
import { IconDots } from "@tabler/icons-react";
import { useState } from "react";
import type { CaseOut } from "@/api/gen";
import { useMe } from "@/session/me";
import { Button, Menu } from "@/ui";
import { ReferLink } from "../ReferLink";
import { ActSheet } from "./ActSheet";
import { type ActName, ACTS, actsOf } from "./registry";

/** Everything that can be done with the case as a whole. */
export const CaseActs = ({ one }: { one: CaseOut }) => {
  const { i18n } = useLingui();
  const me = useMe();
  const [act, setAct] = useState<ActName>();
  const acts = actsOf(one, me);
  return (
    <>
      <ReferLink one={one} size="md">
        <Trans>Упути</Trans>
      </ReferLink>
      {acts.length > 0 && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button size="md" variant="default" leftSection={<IconDots size={20} aria-hidden />}>
              <Trans>Радње</Trans>
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {acts.map((name) => (
              <Menu.Item key={name} onClick={() => setAct(name)}>
                {i18n._(ACTS[name].name)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      <ActSheet one={one} act={act} onClose={() => setAct(undefined)} />
    </>
  );
};
