import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { reviewsListOptions } from "@/api/gen/@tanstack/react-query.gen";
import { useMe } from "@/session/me";
import { Section, Stack } from "@/ui";
import { ItemRows } from "./ItemRows";
import type { Queue } from "./search";

const MOST = 100;

/** Items about which the person was asked: they need a second verdict, with the answer or without it. */
export const AskedItems = ({ wanted }: { wanted: { for_role?: Queue } }) => {
  const { t } = useLingui();
  const me = useMe();
  const query = { ...wanted, judged: true, ordering: "newest", page_size: MOST } as const;
  const judged = useQuery(reviewsListOptions({ query }));
  const asked = (judged.data?.results ?? []).filter((one) => one.verdict === "ask" && one.person !== me.id);
  const answered = asked.filter((one) => one.answered_at !== null);
  const silent = asked.filter((one) => one.answered_at === null);
  return (
    <Stack gap="lg">
      {answered.length > 0 && (
        <Section title={t`Стигао је одговор`}>
          <ItemRows items={answered} />
        </Section>
      )}
      {silent.length > 0 && (
        <Section title={t`Чека се одговор особе`}>
          <ItemRows items={silent} />
        </Section>
      )}
    </Stack>
  );
};
