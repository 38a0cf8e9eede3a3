import { useLingui } from "@lingui/react/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { may, useMe } from "@/session/me";
import { Page, Tabs } from "@/ui";
import { GlassQueue } from "./GlassQueue";
import { LogView } from "./LogView";
import { MyQuestions } from "./MyQuestions";
import { QueueView } from "./QueueView";
import type { View } from "./search";
import { StateView } from "./StateView";
import "./audit.css";

/** Who reviews has the queue, the log and what stands of both; everybody has the questions put to them. */
export const AuditQueue = () => {
  const { t } = useLingui();
  const me = useMe();
  const reviews = may(me, "audit.review");
  if (!reviews) {
    return (
      <Page title={t`Питања о мојим увидима`}>
        <MyQuestions />
      </Page>
    );
  }
  return (
    <Page title={t`Преглед увида`}>
      <Reviewing />
    </Page>
  );
};

const isView = (value: string | null): value is View =>
  value === "queue" || value === "mine" || value === "log" || value === "glass" || value === "state";

const Reviewing = () => {
  const { t } = useLingui();
  const me = useMe();
  const navigate = useNavigate();
  const { view = "queue" } = useSearch({ from: "/_in/audit/" });
  const open = (value: string | null) => {
    if (isView(value)) void navigate({ to: "/audit", search: { view: value } });
  };
  return (
    <Tabs value={view} onChange={open} keepMounted={false} activateTabWithKeyboard={false}>
      <Tabs.List mb="md">
        <Tabs.Tab value="queue">{t`За преглед`}</Tabs.Tab>
        {may(me, "breakglass.review") && <Tabs.Tab value="glass">{t`Ванредни приступи`}</Tabs.Tab>}
        <Tabs.Tab value="log">{t`Дневник`}</Tabs.Tab>
        <Tabs.Tab value="state">{t`Стање`}</Tabs.Tab>
        <Tabs.Tab value="mine">{t`Питања за мене`}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="queue">
        <QueueView />
      </Tabs.Panel>
      <Tabs.Panel value="glass">
        <GlassQueue />
      </Tabs.Panel>
      <Tabs.Panel value="log">
        <LogView />
      </Tabs.Panel>
      <Tabs.Panel value="state">
        <StateView />
      </Tabs.Panel>
      <Tabs.Panel value="mine">
        <MyQuestions />
      </Tabs.Panel>
    </Tabs>
  );
};
