import { useLingui } from "@lingui/react/macro";
import type { Control } from "react-hook-form";
import type { Problem } from "@/api";
import { useOptions } from "@/reference";
import { ChoicesField, DayField, YesField } from "./fields";
import type { MemberForm } from "./member-form";
import { hasOrganisation, hasServices } from "./roles-given";
import { useMemberNames } from "./use-member-shown";

interface Props {
  control: Control<MemberForm>;
  problem: Problem | undefined;
  role: string;
}

/** What may be changed of a role: each where the role has it. */
export const MemberFields = ({ role, ...common }: Props) => {
  const { t } = useLingui();
  const names = useMemberNames();
  const services = useOptions("services");
  return (
    <>
      {hasServices(role) && (
        <ChoicesField
          {...common}
          name="services"
          label={names.services}
          description={t`Без избора: све услуге организације.`}
          data={services}
          none={t`Нема тога у списку`}
        />
      )}
      {hasOrganisation(role) && <YesField {...common} name="organisation_steward" label={names.organisation_steward} />}
      <DayField {...common} name="valid_until" label={names.valid_until} />
    </>
  );
};
