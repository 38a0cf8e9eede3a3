import { Trans, useLingui } from "@lingui/react/macro";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { ButtonLink, Empty, Page, ProblemNotice, Skeletons } from "@/ui";

export const Waiting = () => (
  <div className="waiting">
    <Skeletons lines={6} />
  </div>
);

export const Broken = ({ error, reset }: ErrorComponentProps) => <ProblemNotice error={error} retry={reset} />;

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
