import { Trans, useLingui } from "@lingui/react/macro";
import type { ReleaseRow } from "@/api/gen";
import { releasesApproveMutation, releasesDeclineMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useMe } from "@/session/me";
import { Button, Group, ProblemNotice, Section, tell, Text, useSend } from "@/ui";

/** The second person publishes or declines. Publishing cannot be taken back. */
export const Decide = ({ release }: { release: ReleaseRow }) => {
  const { t } = useLingui();
  const me = useMe();
  const approve = useSend(releasesApproveMutation(), () => tell(t`Издање је објављено.`));
  const decline = useSend(releasesDeclineMutation(), () => tell(t`Издање је одбијено.`));
  const problem = approve.problem ?? decline.problem;
  const waiting = approve.isPending || decline.isPending;
  const it = { path: { id: release.id } };
  return (
    <Section title={t`Одлука`}>
      {release.prepared_by === me.id ? (
        <Text>
          <Trans>Ово издање сте припремили Ви. Објављује га друга особа.</Trans>
        </Text>
      ) : (
        <>
          <Text>
            <Trans>Објављено издање се више не мења и не повлачи. Погледајте бројеве пре одлуке.</Trans>
          </Text>
          {problem !== undefined && <ProblemNotice error={problem} />}
          <Group>
            <Button size="md" disabled={waiting} loading={approve.isPending} onClick={() => approve.mutate(it)}>
              <Trans>Објави</Trans>
            </Button>
            <Button
              size="md"
              variant="default"
              disabled={waiting}
              loading={decline.isPending}
              onClick={() => decline.mutate(it)}
            >
              <Trans>Одбиј</Trans>
            </Button>
          </Group>
        </>
      )}
    </Section>
  );
};
