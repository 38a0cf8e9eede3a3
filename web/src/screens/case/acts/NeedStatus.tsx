import { Trans, useLingui } from "@lingui/react/macro";
import { IconPencil } from "@tabler/icons-react";
import { ifMatch } from "@/api";
import type { CaseOut, NeedOut, NeedStatusesCode } from "@/api/gen";
import { caseNeedsUpdateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useOptions } from "@/reference";
import { Button, Menu, ProblemNotice, Sheet, tell, useSend } from "@/ui";
import { useCodeOf } from "../codes";

/** How far a need is, set in two taps. */
export const NeedStatus = ({ one, need, name }: { one: CaseOut; need: NeedOut; name: string }) => {
  const { t } = useLingui();
  const asStatus = useCodeOf<NeedStatusesCode>("need_statuses");
  const statuses = useOptions("need_statuses", ({ code }) => code !== need.status);
  const send = useSend(caseNeedsUpdateMutation(), () => tell(t`Стање потребе је промењено.`));
  const set = (status: NeedStatusesCode | undefined) => {
    if (status === undefined) return;
    send.mutate({ path: { id: one.id, need_id: need.id }, headers: ifMatch(one), body: { status } });
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="subtle"
            loading={send.isPending}
            leftSection={<IconPencil size={18} aria-hidden />}
            aria-label={t`Промени стање: ${name}`}
          >
            <Trans>Промени</Trans>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {statuses.map(({ value, label }) => (
            <Menu.Item key={value} onClick={() => set(asStatus(value))}>
              {label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Sheet title={name} opened={send.problem !== undefined} onClose={send.reset}>
        <ProblemNotice error={send.problem} />
      </Sheet>
    </>
  );
};
