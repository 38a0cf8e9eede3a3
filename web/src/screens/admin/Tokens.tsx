import { Trans, useLingui } from "@lingui/react/macro";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { onward } from "@/api";
import { tokensListInfiniteOptions } from "@/api/gen/@tanstack/react-query.gen";
import { Button, Sheet } from "@/ui";
import { AdminPage } from "./AdminPage";
import { IssueToken } from "./IssueToken";
import { Rows } from "./Rows";
import { ShownOnce } from "./ShownOnce";
import { TokenLine } from "./TokenLine";

/** What programs may do here, on whose behalf, until when. */
export const Tokens = () => {
  const { t } = useLingui();
  const tokens = useInfiniteQuery({ ...tokensListInfiniteOptions(), ...onward });
  const [isOpen, setOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <AdminPage
      title={t`Приступ за друге програме`}
      actions={
        <Button size="md" leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setOpen(true)}>
          <Trans>Издај жетон</Trans>
        </Button>
      }
    >
      <Rows query={tokens} rowKey={({ id }) => id} none={t`Ниједан програм нема приступ.`}>
        {(one) => <TokenLine token={one} onSecret={setSecret} />}
      </Rows>
      <Sheet title={t`Нови жетон`} opened={isOpen} onClose={() => setOpen(false)}>
        <IssueToken
          onIssued={(token) => {
            setOpen(false);
            setSecret(token.secret);
          }}
        />
      </Sheet>
      <ShownOnce
        title={t`Тајна жетона`}
        secret={secret}
        says={t`Унесите је у програм сада. Ко је има, ради у име те особе.`}
        onClose={() => setSecret(null)}
      />
    </AdminPage>
  );
};
