import { Trans, useLingui } from "@lingui/react/macro";
import type { InvitationOut } from "@/api/gen";
import { invitationsCreateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { Button, Stack, useOnce, useSend } from "@/ui";
import { placeBody } from "./place-form";
import { PlaceFields } from "./PlaceFields";
import { Refusal } from "./Refusal";
import { usePlaceForm } from "./use-place-form";

/** For whom a place is opened. The person herself chooses name and password by the link. */
export const InviteForm = ({ onInvited }: { onInvited: (invitation: InvitationOut) => void }) => {
  const { t } = useLingui();
  const once = useOnce();
  const form = usePlaceForm();
  const send = useSend(invitationsCreateMutation(), onInvited);
  const submit = form.handleSubmit((given) => {
    const body = placeBody(given);
    if (body !== undefined) send.mutate({ body, headers: once(body) });
  });
  const names = { "/role": t`Улога`, "/team": t`Тим`, "/organisation": t`Организација`, "/services": t`Услуге` };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <Refusal problem={send.problem} names={names} />
        <PlaceFields control={form.control} problem={send.problem} />
        <Button type="submit" size="md" loading={send.isPending}>
          <Trans>Направи позив</Trans>
        </Button>
      </Stack>
    </form>
  );
};
