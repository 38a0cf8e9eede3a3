import { Trans, useLingui } from "@lingui/react/macro";
import { IconPlus } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useOrganisations } from "@/reference";
import { Button, Empty, Sheet, TextInput } from "@/ui";
import { matches } from "../directory/fold";
import { AdminPage } from "./AdminPage";
import { EditOrganisation } from "./EditOrganisation";
import { OrganisationLine } from "./OrganisationLine";

const AT_ONCE = 25;

/** The directory as its office keeps it: organisations and what each of them offers. */
export const AdminDirectory = () => {
  const { t } = useLingui();
  const { q = "" } = useSearch({ from: "/_in/admin/directory" });
  const navigate = useNavigate({ from: "/admin/directory" });
  const [shown, setShown] = useState(AT_ONCE);
  const found = useOrganisations().filter(({ name }) => q.trim() === "" || matches(q, name));
  const look = (wanted: string) => void navigate({ search: wanted === "" ? {} : { q: wanted }, replace: true });
  return (
    <AdminPage title={t`Уређивање адресара`} actions={<NewOrganisation />}>
      <TextInput
        size="md"
        type="search"
        label={t`Тражи организацију`}
        autoComplete="off"
        value={q}
        onChange={(event) => look(event.currentTarget.value)}
      />
      {found.length === 0 && (
        <Empty>
          <Trans>Нема такве организације.</Trans>
        </Empty>
      )}
      <ul className="plain-list">
        {found.slice(0, shown).map((one) => (
          <li key={one.id} className="thing">
            <OrganisationLine organisation={one} />
          </li>
        ))}
      </ul>
      {found.length > shown && (
        <Button variant="default" size="md" mt="md" onClick={() => setShown(shown + AT_ONCE)}>
          <Trans>Прикажи још</Trans>
        </Button>
      )}
    </AdminPage>
  );
};

const NewOrganisation = () => {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button size="md" leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setOpen(true)}>
        <Trans>Нова организација</Trans>
      </Button>
      <Sheet title={t`Нова организација`} opened={isOpen} onClose={close}>
        {isOpen && <EditOrganisation onDone={close} />}
      </Sheet>
    </>
  );
};
