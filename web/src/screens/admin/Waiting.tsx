import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Empty, ProblemNotice, Skeletons } from "@/ui";
import { AdminPage } from "./AdminPage";
import { ErasureLine } from "./ErasureLine";
import { ShownOnce } from "./ShownOnce";
import { useWaiting } from "./use-waiting";
import type { WaitingItem } from "./waiting";
import { WaitingRecovery, WaitingToken } from "./WaitingAccess";
import { WaitingMerge, WaitingRights } from "./WaitingCases";
import { WaitingException } from "./WaitingException";
import { WaitingGlass } from "./WaitingGlass";
import { WaitingKeys } from "./WaitingKeys";
import { WaitingInvitation, WaitingMember } from "./WaitingPeople";

/** The second person's page: what another one has proposed, and what I have that waits for somebody else. */
export const Waiting = () => {
  const { t } = useLingui();
  const { items, waits, error } = useWaiting();
  const [link, setLink] = useState<string | null>(null);
  return (
    <AdminPage title={t`Чека моју потврду`}>
      {error !== undefined && <ProblemNotice error={error} />}
      {waits && <Skeletons />}
      {!waits && items.length === 0 && (
        <Empty>
          <Trans>Ништа не чека другу особу.</Trans>
        </Empty>
      )}
      <ul className="plain-list">
        {items.map((one) => (
          <li key={`${one.kind} ${one.of.id}`} className="thing">
            <Item item={one} onLink={setLink} />
          </li>
        ))}
      </ul>
      <ShownOnce
        title={t`Веза за враћање приступа`}
        secret={link}
        says={t`Предајте је особи лично или прочитајте телефоном. Важи кратко и само једном.`}
        onClose={() => setLink(null)}
      />
    </AdminPage>
  );
};

const Item = ({ item, onLink }: { item: WaitingItem; onLink: (link: string | null) => void }) => {
  switch (item.kind) {
    case "keys":
      return <WaitingKeys of={item.of} />;
    case "glass":
      return <WaitingGlass of={item.of} />;
    case "member":
      return <WaitingMember of={item.of} />;
    case "invitation":
      return <WaitingInvitation of={item.of} />;
    case "token":
      return <WaitingToken of={item.of} />;
    case "exception":
      return <WaitingException of={item.of} />;
    case "merge":
      return <WaitingMerge of={item.of} />;
    case "erasure":
      return <ErasureLine erasure={item.of} />;
    case "recovery":
      return <WaitingRecovery of={item.of} onLink={onLink} />;
    case "rights":
      return <WaitingRights of={item.of} />;
  }
};
