import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { ifMatch } from "@/api";
import type { ReviewOut } from "@/api/gen";
import {
  auditEntriesRetrieveOptions,
  reviewsJudgeMutation,
  reviewsRetrieveOptions,
} from "@/api/gen/@tanstack/react-query.gen";
import { useMe } from "@/session/me";
import { Answered, dayAndTime, Page, ProblemNotice, Section, Stack, Text, TextLink, useSend } from "@/ui";
import { AnswerForm } from "./AnswerForm";
import { EntryFacts } from "./EntryFacts";
import { Told } from "./Told";
import { Verdicts } from "./Verdicts";
import { VERDICTS } from "./words";

/** One item: for whoever judges it, or for whom it is about. */
export const ReviewItem = () => {
  const { t } = useLingui();
  const me = useMe();
  const { id } = useParams({ from: "/_in/audit/$id" });
  const item = useQuery(reviewsRetrieveOptions({ path: { id } }));
  return (
    <Page title={t`Увид`}>
      <TextLink to="/audit" search={{}}>
        <Trans>Назад на преглед</Trans>
      </TextLink>
      <Answered query={item}>
        {(data) => (data.person === me.id ? <AnswerForm item={data} /> : <Judged item={data} />)}
      </Answered>
    </Page>
  );
};

const Judged = ({ item }: { item: ReviewOut }) => {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  const send = useSend(reviewsJudgeMutation(), () => void navigate({ to: "/audit", search: {} }));
  const done = item.verdict !== null && item.verdict !== "ask";
  return (
    <Stack gap="lg">
      <Told item={item} />
      {item.verdict !== null && (
        <Section title={t`Оцена`}>
          <Text>
            {i18n._(VERDICTS[item.verdict])}
            {item.judged_at !== null && `, ${dayAndTime(item.judged_at, i18n.locale)}`}
          </Text>
        </Section>
      )}
      {item.asked_at !== null && <Answer text={item.answer} />}
      {send.problem !== undefined && <ProblemNotice error={send.problem} />}
      {!done && (
        <Verdicts
          asked={item.verdict === "ask"}
          disabled={send.isPending}
          onVerdict={(verdict) => send.mutate({ path: { id: item.id }, body: { verdict }, headers: ifMatch(item) })}
        />
      )}
      {item.entry !== null && (
        <Section title={t`Шта пише у дневнику`}>
          <Entry id={item.entry} />
        </Section>
      )}
    </Stack>
  );
};

const Answer = ({ text }: { text: string | null }) => {
  const { t } = useLingui();
  return (
    <Section title={t`Одговор особе`}>
      {text === null ? (
        <Text>
          <Trans>Одговор још није стигао. Можете и без њега дати коначну оцену.</Trans>
        </Text>
      ) : (
        <Text className="quiet-text">{text}</Text>
      )}
    </Section>
  );
};

const Entry = ({ id }: { id: string }) => {
  const entry = useQuery(auditEntriesRetrieveOptions({ path: { id } }));
  return <Answered query={entry}>{(data) => <EntryFacts entry={data} />}</Answered>;
};
