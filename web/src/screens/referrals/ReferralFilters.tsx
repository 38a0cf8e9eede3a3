import "./referrals.css";
import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useOptions } from "@/reference";
import { Button, Group, SegmentedControl, Select, Stack, Switch } from "@/ui";
import { asSide, asStatus, asUrgency, isStatus, type ReferralsSearch } from "./search";

/** What is shown of the list. It stands in the address, so that going back and a bookmark keep it. */
export const ReferralFilters = ({ search }: { search: ReferralsSearch }) => {
  const { t } = useLingui();
  const navigate = useNavigate({ from: "/referrals/" });
  const change = (some: Partial<ReferralsSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...some }), replace: true, resetScroll: false });
  const statuses = useOptions("referral_statuses", ({ code }) => isStatus(code));
  const urgencies = useOptions("urgencies");
  const filtered = [search.status, search.urgency, search.late].some((one) => one !== undefined);
  return (
    <Stack gap="sm" role="search" aria-label={t`Који упути`}>
      <SegmentedControl
        fullWidth
        size="md"
        aria-label={t`Послати или примљени`}
        value={search.side ?? ""}
        onChange={(side) => change({ side: asSide(side) })}
        data={[
          { value: "", label: t`Сви` },
          { value: "sent", label: t`Послати` },
          { value: "received", label: t`Примљени` },
        ]}
      />
      <div className="referral-filters">
        <Select
          size="md"
          label={t`Стање`}
          allowDeselect={false}
          value={search.status ?? ""}
          onChange={(status) => change({ status: asStatus(status) })}
          data={[{ value: "", label: t`Отворени` }, ...statuses, { value: "any", label: t`Сва стања` }]}
        />
        <Select
          size="md"
          label={t`Хитност`}
          allowDeselect={false}
          value={search.urgency ?? ""}
          onChange={(urgency) => change({ urgency: asUrgency(urgency) })}
          data={[{ value: "", label: t`Свака` }, ...urgencies]}
        />
        <Switch
          size="md"
          label={t`Само они који касне`}
          checked={search.late === true}
          onChange={(event) => change({ late: event.currentTarget.checked ? true : undefined })}
        />
      </div>
      {filtered && (
        <Group>
          <Button variant="subtle" onClick={() => change({ status: undefined, urgency: undefined, late: undefined })}>
            <Trans>Поништи избор</Trans>
          </Button>
        </Group>
      )}
    </Stack>
  );
};
