import { Trans, useLingui } from "@lingui/react/macro";
import { IconDots } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { ReferralOut } from "@/api/gen";
import { Button, Menu } from "@/ui";
import { type Act, actsOf, isAct, NAMES, sorted } from "./acts/kinds";
import { ActSheet } from "./acts/ActSheet";

const route = getRouteApi("/_in/referrals/$id");

/** What can be done now: the likeliest as buttons, the rest in a menu. What is being done stands in the address. */
export const Acts = ({ referral, id }: { referral: ReferralOut; id: string }) => {
  const { i18n } = useLingui();
  const navigate = route.useNavigate();
  const acts = actsOf(referral);
  const { shown, more } = sorted(acts);
  const begin = (act: Act | undefined) => void navigate({ search: { act }, replace: act === undefined });
  return (
    <>
      {acts.length > 0 && (
        <div className="referral-acts no-print">
          {shown.map((act, place) => (
            <Button key={act} size="md" variant={place === 0 ? "filled" : "default"} onClick={() => begin(act)}>
              {i18n._(NAMES[act])}
            </Button>
          ))}
          {more.length > 0 && <More acts={more} begin={begin} />}
        </div>
      )}
      <ActSheet referral={referral} id={id} act={useBegun(acts)} onClose={() => begin(undefined)} />
    </>
  );
};

const More = ({ acts, begin }: { acts: readonly Act[]; begin: (act: Act) => void }) => {
  const { i18n } = useLingui();
  return (
    <Menu position="bottom-start" width="target">
      <Menu.Target>
        <Button size="md" variant="default" leftSection={<IconDots size={20} aria-hidden />}>
          <Trans>Још</Trans>
        </Button>
      </Menu.Target>
      <Menu.Dropdown className="referral-more">
        {acts.map((act) => (
          <Menu.Item key={act} onClick={() => begin(act)}>
            {i18n._(NAMES[act])}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};

/** What was begun stays open when it turns out not to be possible any more: what is typed there is not lost. */
const useBegun = (acts: readonly Act[]): Act | undefined => {
  const { act } = route.useSearch();
  const [begun, setBegun] = useState<Act>();
  const wanted = isAct(act) && (acts.includes(act) || act === begun) ? act : undefined;
  if (wanted !== begun) setBegun(wanted);
  return wanted;
};
