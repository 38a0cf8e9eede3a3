import "./directory.css";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { OrganisationOut } from "@/api/gen";
import { organisationsRetrieveOptions } from "@/api/gen/@tanstack/react-query.gen";
import { useLabel } from "@/reference";
import { Answered, Empty, Facts, Page, Section, Stack, TextLink } from "@/ui";
import { CallButton } from "./CallButton";
import { ServiceDetails } from "./ServiceDetails";
import { servicesOptions } from "./services";

const route = getRouteApi("/_in/directory/$id");

export const OrganisationPage = () => {
  const { t } = useLingui();
  const { id } = route.useParams();
  const found = useQuery(organisationsRetrieveOptions({ path: { id } }));
  return (
    <Page
      title={found.data?.name ?? t`Организација`}
      actions={found.data !== undefined && <CallButton phone={found.data.phone} name={found.data.name} />}
    >
      <div>
        <TextLink to="/directory">
          <Trans>Назад на именик</Trans>
        </TextLink>
      </div>
      <Answered query={found}>{(one) => <Details organisation={one} />}</Answered>
    </Page>
  );
};

const Details = ({ organisation }: { organisation: OrganisationOut }) => {
  const { t } = useLingui();
  const sector = useLabel("sectors");
  const town = useLabel("municipalities");
  const services = useQuery(servicesOptions({ organisation: organisation.id }));
  return (
    <Stack gap="xl">
      <Facts
        of={[
          [t`Област`, sector(organisation.sector)],
          [t`Општина`, organisation.municipality ? town(organisation.municipality) : t`цела Србија`],
          [t`Рад у Спони`, organisation.has_accounts ? t`прима упуте овде` : t`нема налоге: упут се носи на папиру`],
        ]}
      />
      <Section title={t`Услуге`}>
        <Answered query={services}>
          {(all) =>
            all.length === 0 ? (
              <Empty>
                <Trans>Ова организација није уписала ниједну услугу.</Trans>
              </Empty>
            ) : (
              <Stack gap={0}>
                {all.map((one) => (
                  <ServiceDetails key={one.id} service={one} />
                ))}
              </Stack>
            )
          }
        </Answered>
      </Section>
    </Stack>
  );
};
