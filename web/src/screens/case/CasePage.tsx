import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { asProblem } from "@/api";
import type { CaseOut } from "@/api/gen";
import { NotHere } from "@/app/states";
import { ButtonLink, Empty, Page, ProblemNotice, Skeletons, Stack } from "@/ui";
import { CaseActs } from "./acts/CaseActs";
import { BreakGlassOffer } from "./BreakGlassOffer";
import { CaseHead } from "./CaseHead";
import { CaseParts } from "./CaseParts";
import { caseOptions } from "./data";

const GONE = 410;
const route = getRouteApi("/_in/cases/$id");

/** One case, as far as it is open to the reader. */
export const CasePage = () => {
  const { t } = useLingui();
  const { id } = route.useParams();
  const found = useQuery(caseOptions(id));
  if (found.data !== undefined) return <Opened one={found.data} />;
  if (!found.isError) return <Skeletons lines={8} />;
  const { status } = asProblem(found.error);
  if (status === GONE) return <Erased />;
  const missing = status === 404;
  return (
    <Stack gap="xl">
      {missing ? (
        <NotHere />
      ) : (
        <Page title={t`Случај`}>
          <ProblemNotice error={found.error} retry={() => void found.refetch()} />
        </Page>
      )}
      {missing && <BreakGlassOffer id={id} />}
    </Stack>
  );
};

/** Nothing failed, and trying again brings nothing back. */
const Erased = () => {
  const { t } = useLingui();
  return (
    <Page title={t`Случај је избрисан`}>
      <Empty
        action={
          <ButtonLink to="/cases" variant="default" size="md">
            <Trans>Назад на случајеве</Trans>
          </ButtonLink>
        }
      >
        <Trans>Избрисан је на захтев особе или зато што је истекао рок чувања. Подаци не могу да се врате.</Trans>
      </Empty>
    </Page>
  );
};

const Opened = ({ one }: { one: CaseOut }) => (
  <Page title={one.spoken_name} actions={<CaseActs one={one} />}>
    <CaseHead one={one} />
    <CaseParts one={one} />
  </Page>
);
