import { Trans, useLingui } from "@lingui/react/macro";
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { ButtonLink, Empty, Page, ProblemNotice, Skeletons } from "@/ui";

export const Waiting = () => (
  <div className="waiting">
    <Skeletons lines={6} />
  </div>
);

/** What the route asked for did not come: trying again asks for all of it once more. */
export const Broken = ({ error }: ErrorComponentProps) => {
  const router = useRouter();
  return <ProblemNotice error={error} retry={() => void router.invalidate()} />;
};

/** An address that nothing lives at, or nothing that this person may see: the same words for both. */
export const NotHere = () => {
  const { t } = useLingui();
  return (
    <Page title={t`Овде нема ничега`}>
      <Empty
        action={
          <ButtonLink to="/" variant="default">
            <Trans>Пријемно сандуче</Trans>
          </ButtonLink>
        }
      >
        <Trans>Ова адреса не постоји, или Вам оно што је на њој није доступно.</Trans>
      </Empty>
    </Page>
  );
};
