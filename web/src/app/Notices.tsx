import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { queryClient } from "@/api";
import { type NotificationOut, notificationsRead } from "@/api/gen";
import { notificationsListQueryKey } from "@/api/gen/@tanstack/react-query.gen";
import { RowLink, untilNow } from "@/ui";
import { noticeName, noticePage } from "./notice-kinds";

const inTurn = async (ids: readonly string[]): Promise<void> => {
  for (const id of ids) await notificationsRead({ path: { id }, throwOnError: true });
};

/** Unread news; opening one has read it. */
export const Notices = ({ rows, onLeave }: { rows: readonly NotificationOut[]; onLeave: () => void }) => {
  const { i18n } = useLingui();
  const { mutate, isPending } = useMutation({
    mutationFn: inTurn,
    onSettled: () => queryClient.invalidateQueries({ queryKey: [{ _id: notificationsListQueryKey()[0]._id }] }),
  });
  return (
    <>
      <ul className="plain-list">
        {rows.map((one) => {
          const to = noticePage(one.object_kind);
          const words = (
            <>
              {i18n._(noticeName(one.kind))}
              <Text size="sm" c="dimmed">
                {untilNow(one.at, i18n.locale)}
              </Text>
            </>
          );
          const read = () => mutate([one.id]);
          return (
            <li key={one.id}>
              {to === undefined ? (
                <button type="button" className="row row-button" onClick={read}>
                  {words}
                </button>
              ) : (
                <RowLink
                  to={to}
                  params={{ id: one.object_id }}
                  preload={false}
                  onClick={() => {
                    read();
                    onLeave();
                  }}
                >
                  {words}
                </RowLink>
              )}
            </li>
          );
        })}
      </ul>
      <div className="notices-end">
        <Button
          variant="default"
          size="md"
          fullWidth
          loading={isPending}
          onClick={() => mutate(rows.map(({ id }) => id))}
        >
          <Trans>Означи све као прочитано</Trans>
        </Button>
      </div>
    </>
  );
};
