import { useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useLabel } from "@/reference";
import { may, useMe } from "@/session/me";
import { Select } from "@/ui";
import type { Queue } from "./search";

const QUEUES: readonly Queue[] = ["municipal_lead", "data_protection_officer"];

/** Whose queue is shown. Who reviews the lead as well has both kinds in one; everybody else has nothing to choose. */
export const QueueChoice = ({ queue }: { queue: Queue | undefined }) => {
  const { t } = useLingui();
  const me = useMe();
  const navigate = useNavigate();
  const role = useLabel("roles");
  if (!may(me, "audit.review_lead")) return null;
  const show = (value: string | null) =>
    void navigate({
      to: "/audit",
      search: { view: "queue", queue: QUEUES.find((one) => one === value) },
      replace: true,
      resetScroll: false,
    });
  return (
    <Select
      size="md"
      maw="24rem"
      label={t`Ко прегледа`}
      allowDeselect={false}
      value={queue ?? ""}
      onChange={show}
      data={[{ value: "", label: t`Сви` }, ...QUEUES.map((value) => ({ value, label: role(value) }))]}
    />
  );
};
