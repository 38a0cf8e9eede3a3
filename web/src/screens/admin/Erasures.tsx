import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { onward } from "@/api";
import { erasuresListInfiniteOptions } from "@/api/gen/@tanstack/react-query.gen";
import { may, useMe } from "@/session/me";
import { Button, Sheet } from "@/ui";
import { AdminPage } from "./AdminPage";
import { ErasureLine } from "./ErasureLine";
import { ProposeErasure } from "./ProposeErasure";
import { Rows } from "./Rows";

/** Proposed by one, confirmed by another, carried out by a third or the first: and what is left to show for it. */
export const Erasures = () => {
  const { t } = useLingui();
  const me = useMe();
  const erasures = useInfiniteQuery({ ...erasuresListInfiniteOptions(), ...onward });
  const [isOpen, setOpen] = useState(false);
  return (
    <AdminPage
      title={t`Брисања`}
      actions={
        may(me, "erasure.request") && (
          <Button variant="default" size="md" onClick={() => setOpen(true)}>
            <Trans>Предложи брисање</Trans>
          </Button>
        )
      }
    >
      <Rows query={erasures} rowKey={({ id }) => id} none={t`Ниједно брисање није предложено.`}>
        {(one) => <ErasureLine erasure={one} />}
      </Rows>
      <Sheet title={t`Предлог за брисање`} opened={isOpen} onClose={() => setOpen(false)}>
        <ProposeErasure onDone={() => setOpen(false)} />
      </Sheet>
    </AdminPage>
  );
};
