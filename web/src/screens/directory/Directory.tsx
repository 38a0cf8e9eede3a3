import "./directory.css";
import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Page, SegmentedControl, Stack, Text } from "@/ui";
import { Filters } from "./Filters";
import { OrganisationList } from "./OrganisationList";
import { ServiceList } from "./ServiceList";
import { type Search, useWanted } from "./wanted";

const route = getRouteApi("/_in/directory/");

/** Who can take somebody now. What is looked for stands in the address, so that it can be kept and passed on. */
export const Directory = () => {
  const { t } = useLingui();
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/directory/" });
  const change = (part: Partial<Search>) =>
    void navigate({ search: (old) => ({ ...old, ...part }), replace: true, resetScroll: false });
  const wanted = useWanted(search);
  const show = search.show ?? "services";
  return (
    <Page title={t`Именик`}>
      <Text>
        <Trans>Ко може да помогне сада, и како се до њега долази.</Trans>
      </Text>
      <Stack gap="md">
        <SegmentedControl
          size="md"
          aria-label={t`Шта се приказује`}
          className="wide-on-phone"
          value={show}
          onChange={(value) => change({ show: value })}
          data={[
            { value: "services", label: t`Услуге` },
            { value: "organisations", label: t`Организације` },
          ]}
        />
        <Filters search={search} show={show} onChange={change} />
      </Stack>
      {show === "services" ? <ServiceList wanted={wanted} /> : <OrganisationList wanted={wanted} />}
    </Page>
  );
};
