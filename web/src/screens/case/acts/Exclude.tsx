import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { CaseOut } from "@/api/gen";
import { exclusionsCreateMutation, membersListOptions } from "@/api/gen/@tanstack/react-query.gen";
import { GuardedText, NOTHING_WRITTEN } from "@/guard";
import { useOrganisations } from "@/reference";
import { Select, tell, Text, useSend } from "@/ui";
import { useKey } from "../use-key";
import { ActForm, type ActProps } from "./ActForm";

const REASON_LIMIT = 280;

/** Somebody whom the person knows, or does not want to see the case, is shut out: whatever role they hold. */
export const Exclude = ({ one, onDone }: ActProps<CaseOut>) => {
  const { t } = useLingui();
  const [user, setUser] = useState<string | null>(null);
  const [organisation, setOrganisation] = useState<string | null>(null);
  const [reason, setReason] = useState(NOTHING_WRITTEN);
  const key = useKey();
  const send = useSend(exclusionsCreateMutation(), () => {
    onDone();
    tell(t`Искључење важи од сада.`);
  });
  const submit = () => {
    const body = {
      ...(user === null ? {} : { user }),
      ...(organisation === null || user !== null ? {} : { organisation }),
      ...(reason.text === "" ? {} : { reason: reason.text, names_checked: reason.namesChecked }),
    };
    send.mutate({ path: { case_id: one.id }, headers: { "Idempotency-Key": key }, body });
  };
  return (
    <ActForm
      problem={send.problem}
      names={{ "/user": t`Особа`, "/organisation": t`Организација`, "/reason": t`Разлог` }}
      sending={send.isPending}
      label={t`Искључи`}
      onSubmit={submit}
    >
      <Text>
        <Trans>Ко је искључен не види случај ни по којој улози, све док се искључење не укине.</Trans>
      </Text>
      <Whom user={user} onUser={setUser} organisation={organisation} onOrganisation={setOrganisation} />
      <GuardedText
        size="md"
        label={t`Разлог (није обавезан)`}
        maxLength={REASON_LIMIT}
        value={reason}
        onChange={setReason}
      />
    </ActForm>
  );
};

interface WhomProps {
  user: string | null;
  onUser: (user: string | null) => void;
  organisation: string | null;
  onOrganisation: (organisation: string | null) => void;
}

const Whom = ({ user, onUser, organisation, onOrganisation }: WhomProps) => {
  const { t } = useLingui();
  const members = useQuery(membersListOptions({ query: { live: true, page_size: 100 } })).data?.results ?? [];
  const people = new Map(members.map((seat) => [seat.user.id, seat.user.display_name]));
  const organisations = useOrganisations().map(({ id, name }) => ({ value: id, label: name }));
  const rest = {
    size: "md",
    searchable: true,
    clearable: true,
    clearButtonProps: { "aria-label": t`Обриши избор` },
  } as const;
  return (
    <>
      <Select
        {...rest}
        label={t`Особа`}
        value={user}
        onChange={onUser}
        data={[...people].map(([value, label]) => ({ value, label }))}
      />
      {user === null && (
        <Select
          {...rest}
          label={t`или цела организација`}
          value={organisation}
          onChange={onOrganisation}
          data={organisations}
        />
      )}
    </>
  );
};
