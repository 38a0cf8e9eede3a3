import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { onward } from "@/api";
import { recoveriesListInfiniteOptions } from "@/api/gen/@tanstack/react-query.gen";
import { Button, Sheet, Text } from "@/ui";
import { AdminPage } from "./AdminPage";
import { RecoveryLine } from "./RecoveryLine";
import { Rows } from "./Rows";
import { ShownOnce } from "./ShownOnce";
import { StartRecovery } from "./StartRecovery";

/** Back in after phone and key were lost: two people agree, the second one gets the link. */
export const Recoveries = () => {
  const { t } = useLingui();
  const recoveries = useInfiniteQuery({ ...recoveriesListInfiniteOptions(), ...onward });
  const [isOpen, setOpen] = useState(false);
  const [link, setLink] = useState<string | null>(null);
  return (
    <AdminPage
      title={t`Враћање приступа`}
      actions={
        <Button size="md" onClick={() => setOpen(true)}>
          <Trans>Врати приступ особи</Trans>
        </Button>
      }
    >
      <Text>
        <Trans>
          Кад неко изгуби телефон или кључ, Ви започињете, а друга овлашћена особа потврђује и предаје везу.
        </Trans>
      </Text>
      <Rows query={recoveries} rowKey={({ id }) => id} none={t`Нико није тражио враћање приступа.`}>
        {(one) => <RecoveryLine recovery={one} onLink={setLink} />}
      </Rows>
      <Sheet title={t`Врати приступ особи`} opened={isOpen} onClose={() => setOpen(false)}>
        <StartRecovery onDone={() => setOpen(false)} />
      </Sheet>
      <ShownOnce
        title={t`Веза за враћање приступа`}
        secret={link}
        says={t`Предајте је особи лично или прочитајте телефоном. Важи кратко и само једном.`}
        onClose={() => setLink(null)}
      />
    </AdminPage>
  );
};
