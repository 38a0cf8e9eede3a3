import { Trans } from "@lingui/react/macro";
import { ButtonLink, Empty } from "@/ui";
import type { ReferralsSearch } from "./search";

/** Why the list is empty, and where to look instead. */
export const NoReferrals = ({ search }: { search: ReferralsSearch }) => {
  const chosen = [search.side, search.status, search.urgency, search.late].some((one) => one !== undefined);
  if (chosen)
    return (
      <Empty>
        <Trans>Нема упута који одговара избору.</Trans>
      </Empty>
    );
  return (
    <Empty
      action={
        <ButtonLink to="/referrals" search={{ status: "any" }} variant="default" size="md">
          <Trans>Прикажи и готове</Trans>
        </ButtonLink>
      }
    >
      <Trans>Сада нема отворених упута.</Trans>
    </Empty>
  );
};
