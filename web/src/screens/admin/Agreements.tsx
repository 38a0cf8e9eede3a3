import { Trans, useLingui } from "@lingui/react/macro";
import { IconPlus } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { Button, Sheet, Tabs } from "@/ui";
import { AdminPage } from "./AdminPage";
import { AgreementFilters } from "./AgreementFilters";
import { EditAgreement } from "./EditAgreement";
import { EditMemorandum } from "./EditMemorandum";
import { Memoranda } from "./Memoranda";
import type { AgreementsSearch } from "./search";
import { SharingAgreements } from "./SharingAgreements";

/** What lets an organisation take part. When it ends, so does the access of its people. */
export const Agreements = () => {
  const { t } = useLingui();
  const search = useSearch({ from: "/_in/admin/agreements" });
  const navigate = useNavigate({ from: "/admin/agreements" });
  const go = (part: AgreementsSearch) => void navigate({ search: part, replace: true });
  const { kind = "memoranda", organisation, team, live } = search;
  const query = {
    ...(organisation === undefined ? {} : { organisation }),
    ...(live === true ? { live } : {}),
  };
  return (
    <AdminPage title={t`Меморандуми и споразуми`} actions={<New kind={kind} />}>
      <Tabs
        value={kind}
        onChange={(value) => go({ ...search, kind: value === "agreements" ? value : undefined })}
        keepMounted={false}
        activateTabWithKeyboard={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="memoranda">{t`Меморандуми`}</Tabs.Tab>
          <Tabs.Tab value="agreements">{t`Споразуми са тимовима`}</Tabs.Tab>
        </Tabs.List>
        <AgreementFilters search={search} onSearch={go} />
        <Tabs.Panel value="memoranda">
          <Memoranda query={query} />
        </Tabs.Panel>
        <Tabs.Panel value="agreements">
          <SharingAgreements query={team === undefined ? query : { ...query, team }} />
        </Tabs.Panel>
      </Tabs>
    </AdminPage>
  );
};

const New = ({ kind }: { kind: "memoranda" | "agreements" }) => {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  const isMemorandum = kind === "memoranda";
  return (
    <>
      <Button size="md" leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setOpen(true)}>
        {isMemorandum ? <Trans>Нови меморандум</Trans> : <Trans>Нови споразум</Trans>}
      </Button>
      <Sheet title={isMemorandum ? t`Нови меморандум` : t`Нови споразум`} opened={isOpen} onClose={close}>
        {isOpen && (isMemorandum ? <EditMemorandum onDone={close} /> : <EditAgreement onDone={close} />)}
      </Sheet>
    </>
  );
};
