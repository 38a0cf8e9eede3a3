import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type Control, useWatch } from "react-hook-form";
import type { Problem } from "@/api";
import { teamsListOptions } from "@/api/gen/@tanstack/react-query.gen";
import { useLabel, useOptions, useOrganisations, useTeamName } from "@/reference";
import { may, useMe } from "@/session/me";
import { ChoiceField, ChoicesField, YesField } from "./fields";
import type { PlaceForm } from "./place-form";
import { hasOrganisation, hasServices, hasTeam, rolesGiven } from "./roles-given";

interface Props {
  control: Control<PlaceForm>;
  problem?: Problem;
}

/** Role, team, organisation, services: each shown where the role wants it. */
export const PlaceFields = ({ control, problem }: Props) => {
  const { t } = useLingui();
  const role = useWatch({ control, name: "role" });
  const roles = useRoleChoices();
  const teams = useTeamChoices();
  const none = t`Нема тога у списку`;
  const common = { control, problem, none, required: true };
  return (
    <>
      <ChoiceField {...common} name="role" label={t`Улога`} data={roles} />
      {hasTeam(role) && <ChoiceField {...common} name="team" label={t`Тим`} data={teams} />}
      {hasOrganisation(role) && <NearOrganisation {...common} />}
      {hasServices(role) && <OnlyServices {...common} required={false} />}
      {hasOrganisation(role) && (
        <YesField
          control={control}
          name="organisation_steward"
          label={t`Може да позива људе из своје организације`}
          problem={problem}
        />
      )}
    </>
  );
};

interface ListProps extends Props {
  none: string;
  required: boolean;
}

const NearOrganisation = (common: ListProps) => {
  const { t } = useLingui();
  const data = useOrganisationChoices();
  return <ChoiceField {...common} name="organisation" label={t`Организација`} data={data} />;
};

const OnlyServices = (common: ListProps) => {
  const { t } = useLingui();
  const services = useOptions("services");
  return (
    <ChoicesField
      {...common}
      name="services"
      label={t`Само за ове услуге (није обавезно)`}
      description={t`Без избора: све услуге организације.`}
      data={services}
    />
  );
};

const useRoleChoices = () => {
  const me = useMe();
  const label = useLabel("roles");
  return rolesGiven(me).map((value) => ({ value, label: label(value) }));
};

/** Every organisation that works for who looks after a team, one's own for the rest. */
const useOrganisationChoices = () => {
  const me = useMe();
  const near = may(me, "membership.manage") || may(me, "role.appoint") || may(me, "account.create");
  const own = me.organisations.map(({ id }) => id);
  return useOrganisations()
    .filter((one) => one.is_active && (near || own.includes(one.id)))
    .map((one) => ({ value: one.id, label: one.name }));
};

/** The teams that I may name: my own, or all where I work for all. */
export const useTeamChoices = () => {
  const me = useMe();
  const name = useTeamName();
  const all = useQuery({ ...teamsListOptions({ query: { page_size: 100 } }), enabled: me.teams.length === 0 });
  const teams = me.teams.length > 0 ? me.teams : (all.data?.results ?? []);
  return teams.map((one) => ({ value: one.id, label: name(one.id) || one.slug }));
};
