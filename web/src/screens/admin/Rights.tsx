import { Trans, useLingui } from "@lingui/react/macro";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { onward } from "@/api";
import { rightsRequestsListInfiniteOptions } from "@/api/gen/@tanstack/react-query.gen";
import { Button, SegmentedControl, Sheet } from "@/ui";
import { AdminPage } from "./AdminPage";
import { NewRightsRequest } from "./NewRightsRequest";
import { RightsLine } from "./RightsLine";
import { Rows } from "./Rows";

/** What people have asked for about their own data; the nearest deadline first. */
export const Rights = () => {
  const { t } = useLingui();
  const { show = "open" } = useSearch({ from: "/_in/admin/rights" });
  const navigate = useNavigate({ from: "/admin/rights" });
  const query = { open: show === "open", ordering: show === "open" ? ("due" as const) : ("newest" as const) };
  const requests = useInfiniteQuery({ ...rightsRequestsListInfiniteOptions({ query }), ...onward });
  const [isOpen, setOpen] = useState(false);
  return (
    <AdminPage
      title={t`Захтеви особа`}
      actions={
        <Button size="md" leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setOpen(true)}>
          <Trans>Упиши захтев</Trans>
        </Button>
      }
    >
      <SegmentedControl
        size="md"
        aria-label={t`Које захтеве приказати`}
        data={[
          { value: "open", label: t`Отворени` },
          { value: "answered", label: t`Одговорени` },
        ]}
        value={show}
        onChange={(value) => void navigate({ search: value === "answered" ? { show: value } : {}, replace: true })}
      />
      <Rows query={requests} rowKey={({ id }) => id} none={t`Нема таквих захтева.`}>
        {(one) => <RightsLine request={one} />}
      </Rows>
      <Sheet title={t`Нови захтев особе`} opened={isOpen} onClose={() => setOpen(false)}>
        <NewRightsRequest onDone={() => setOpen(false)} />
      </Sheet>
    </AdminPage>
  );
};
