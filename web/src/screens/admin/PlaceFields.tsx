import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type Control, type FieldPath, useWatch } from "react-hook-form";
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

const at = (name: FieldPath<PlaceForm>) => name;

/** Role, team, organisation, services: each shown where the role wants it. */
export const PlaceFields = ({ control, problem }: Props) => {
  const { t } = useLingui();
  const me = useMe();
  const role = useWatch({ control, name: "role" });
  const label = useLabel("roles");
  const services = useOptions("services");
  const teams = useTeamChoices();
  const organisations = useOrganisations();
  const near = may(me, "membership.manage") || may(me, "role.appoint") || may(me, "account.create");
  const own = me.organisations.map(({ id }) => id);
  const data = organisations
    .filter((one) => one.is_active && (near || own.includes(one.id)))
    .map((one) => ({ value: one.id, label: one.name }));
  const none = t`Нема тога у списку`;
  return (
    <>
      <ChoiceField
        control={control}
        name={at("role")}
        label={t`Улога`}
        data={rolesGiven(me).map((value) => ({ value, label: label(value) }))}
        none={none}
        problem={problem}
        required
      />
      {hasTeam(role) && (
        <ChoiceField
          control={control}
          name={at("team")}
          label={t`Тим`}
          data={teams}
          none={none}
          problem={problem}
          required
        />
      )}
      {hasOrganisation(role) && (
        <ChoiceField
          control={control}
          name={at("organisation")}
          label={t`Организација`}
          data={data}
          none={none}
          problem={problem}
          required
        />
      )}
      {hasServices(role) && (
        <ChoicesField
          control={control}
          name={at("services")}
          label={t`Само за ове услуге (није обавезно)`}
          description={t`Без избора: све услуге организације.`}
          data={services}
          none={none}
          problem={problem}
        />
      )}
      {hasOrganisation(role) && (
        <YesField
          control={control}
          name={at("organisation_steward")}
          label={t`Може да позива људе из своје организације`}
          problem={problem}
        />
      )}
    </>
  );
};

/** The teams that I may name: my own, or all where I work for all. */
export const useTeamChoices = () => {
  const me = useMe();
  const name = useTeamName();
  const all = useQuery({ ...teamsListOptions({ query: { page_size: 100 } }), enabled: me.teams.length === 0 });
  const teams = me.teams.length > 0 ? me.teams : (all.data?.results ?? []);
  return teams.map((one) => ({ value: one.id, label: name(one.id) || one.slug }));
};
