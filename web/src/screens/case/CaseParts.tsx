import { useLingui } from "@lingui/react/macro";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { CaseOut } from "@/api/gen";
import { may, useMe } from "@/session/me";
import { Stack, Tabs } from "@/ui";
import { Consents } from "./consent/Consents";
import { Needs } from "./Needs";
import { Notes } from "./notes/Notes";
import { Profile } from "./Profile";
import { ReferralsOfCase } from "./ReferralsOfCase";
import { asPart } from "./search";
import { Sight } from "./sight/Sight";
import { Story } from "./Story";
import { WhatNext } from "./WhatNext";
import "./screen.css";

const route = getRouteApi("/_in/cases/$id");

/** The parts of a case. Each is asked for when it is opened: every reading is written down. */
export const CaseParts = ({ one }: { one: CaseOut }) => {
  const { t } = useLingui();
  const me = useMe();
  const { part } = route.useSearch();
  const navigate = useNavigate({ from: "/cases/$id" });
  const open = (value: string | null) =>
    void navigate({ search: { part: asPart(value) }, replace: true, resetScroll: false });
  return (
    <Tabs value={part ?? "overview"} onChange={open} keepMounted={false} className="case-parts">
      <Tabs.List mb="md" aria-label={t`Делови случаја`}>
        <Tabs.Tab value="overview">{t`Преглед`}</Tabs.Tab>
        <Tabs.Tab value="notes">{t`Белешке`}</Tabs.Tab>
        {may(me, "consent.view") && <Tabs.Tab value="consents">{t`Пристанци`}</Tabs.Tab>}
        <Tabs.Tab value="story">{t`Ток`}</Tabs.Tab>
        <Tabs.Tab value="sight">{t`Увид`}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="overview">
        <Stack gap="xl">
          <WhatNext one={one} />
          <Needs one={one} />
          <ReferralsOfCase one={one} />
          <Profile one={one} />
        </Stack>
      </Tabs.Panel>
      <Tabs.Panel value="notes">
        <Notes one={one} />
      </Tabs.Panel>
      <Tabs.Panel value="consents">
        <Consents one={one} />
      </Tabs.Panel>
      <Tabs.Panel value="story">
        <Story one={one} />
      </Tabs.Panel>
      <Tabs.Panel value="sight">
        <Sight one={one} />
      </Tabs.Panel>
    </Tabs>
  );
};
