import { Trans } from "@lingui/react/macro";
import { ButtonLink, Empty } from "@/ui";
import type { CasesSearch } from "./search";

/** Why the list is empty, and where to look instead. */
export const NoCases = ({ search }: { search: CasesSearch }) => {
  const chosen = [search.status, search.urgency, search.holder, search.q].some((one) => one !== undefined);
  if (chosen)
    return (
      <Empty>
        <Trans>Нема случаја који одговара избору.</Trans>
      </Empty>
    );
  if (search.whose === undefined || search.whose === "mine")
    return (
      <Empty
        action={
          <ButtonLink to="/cases" search={{ whose: "organisation" }} variant="default" size="md">
            <Trans>Случајеви моје организације</Trans>
          </ButtonLink>
        }
      >
        <Trans>Ниједан отворен случај није додељен Вама.</Trans>
      </Empty>
    );
  return (
    <Empty>
      <Trans>Овде још нема случајева.</Trans>
    </Empty>
  );
};
