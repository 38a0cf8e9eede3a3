import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { MunicipalitiesCode } from "@/api/gen";
import { casesRetrieveOptions } from "@/api/gen/@tanstack/react-query.gen";
import { codesOf } from "@/reference";
import { servicesOptions } from "@/screens/directory/services";
import { useMe } from "@/session/me";
import { Answered, ButtonLink, Empty } from "@/ui";
import { ReferForm } from "./ReferForm";

const route = getRouteApi("/_in/refer");

/** Everything that is known of the case and the town before the form is drawn. Opening the case is a reading that is
 * recorded: once for each visit, and never again by itself. */
export const ReferFrom = ({ id }: { id: string }) => {
  const { service = "", need = "" } = route.useSearch();
  const { teams } = useMe();
  const found = useQuery({ ...casesRetrieveOptions({ path: { id } }), staleTime: Infinity, gcTime: 0 });
  const town = teams.find((one) => one.id === found.data?.team)?.municipality;
  const wanted = town === undefined ? {} : { municipality: codesOf<MunicipalitiesCode>(town) };
  const services = useQuery({ ...servicesOptions(wanted), enabled: found.data !== undefined });
  return (
    <Answered query={found}>
      {(one) =>
        one.allowed_actions.includes("refer") ? (
          <Answered query={services}>
            {(all) => (
              <ReferForm key={`${service} ${need}`} found={one} services={all} service={service} sought={need} />
            )}
          </Answered>
        ) : (
          <Empty
            action={
              <ButtonLink to="/cases/$id" params={{ id: one.id }} variant="default" preload={false}>
                <Trans>Отвори случај</Trans>
              </ButtonLink>
            }
          >
            <Trans>Из овог случаја сада не можете да упутите: није активан, или упуте шаље друга организација.</Trans>
          </Empty>
        )
      }
    </Answered>
  );
};
