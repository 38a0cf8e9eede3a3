import { Trans, useLingui } from "@lingui/react/macro";
import { useForm } from "react-hook-form";
import { ifMatch } from "@/api";
import { type MemberOut, membersRetrieve } from "@/api/gen";
import { membersUpdateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { Button, Form, Section, tell, Text, useSend, useTheirs } from "@/ui";
import type { Flat } from "./conflict";
import { type MemberForm, memberChange, memberFlat, memberForm, memberSettled } from "./member-form";
import { MemberFields } from "./MemberFields";
import { Refusal } from "./Refusal";
import { pointersOf, Settle } from "./Settle";
import { useMemberNames, useMemberShown, useWanted } from "./use-member-shown";

interface Props {
  member: MemberOut;
  onDone: () => void;
}

const read = (id: string) => membersRetrieve({ path: { id }, throwOnError: true });

/** Services, the right to invite, the end of a role. What gives more may wait for a second person. */
export const ChangeMember = ({ member, onDone }: Props) => {
  const { t } = useLingui();
  const names = useMemberNames();
  const show = useMemberShown();
  const wanted = useWanted()(member);
  const asked = wanted.join("; ");
  const form = useForm<MemberForm>({ defaultValues: memberForm(member) });
  const { save, theirs, leave, problem, isSending } = useMemberSave(member, onDone);
  const settle = (settled: Flat) => {
    const next = memberSettled(form.getValues(), settled);
    form.reset(next);
    save(next, theirs);
  };
  return (
    <Section title={t`Измена улоге`}>
      <Form onSubmit={() => void form.handleSubmit((given) => save(given, theirs))()}>
        {wanted.length > 0 && (
          <Text>
            <Trans>Већ чека другу особу: {asked}</Trans>
          </Text>
        )}
        <Refusal problem={problem} names={pointersOf(names)} />
        <MemberFields control={form.control} problem={problem} role={member.role} />
        <Button type="submit" size="md" loading={isSending}>
          <Trans>Сачувај измену</Trans>
        </Button>

        <Settle
          mine={memberFlat(form.getValues())}
          theirs={theirs && memberFlat(memberForm(theirs))}
          {...{ names, show, problem }}
          sending={isSending}
          onSettle={settle}
          onClose={leave}
        />
      </Form>
    </Section>
  );
};

const useMemberSave = (member: MemberOut, onDone: () => void) => {
  const { t } = useLingui();
  const { theirs, readOn, leave } = useTheirs(read);
  const send = useSend(membersUpdateMutation(), ({ wanted }) => {
    tell(wanted === null ? t`Измена је сачувана.` : t`Измена важи кад је потврди друга особа.`);
    onDone();
  });
  const save = (form: MemberForm, seen = member) => {
    const body = memberChange(form, seen);
    if (Object.keys(body).length === 0) return onDone();
    send.mutate({ path: { id: seen.id }, headers: ifMatch(seen), body }, readOn(seen.id));
  };
  return { save, theirs, leave, problem: send.problem, isSending: send.isPending };
};
