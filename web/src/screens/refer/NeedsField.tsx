import { useLingui } from "@lingui/react/macro";
import { type Control, Controller, useWatch } from "react-hook-form";
import { useEntries, useLabel, useOptions } from "@/reference";
import { MultiSelect } from "@/ui";
import { type Misfit, misfitOf } from "./fitting";
import type { NewCaseForm } from "./new-case";

/** What the person needs; of what the consent does not cover it is said here how to go on. */
export const NeedsField = ({ control, misfit }: { control: Control<NewCaseForm>; misfit: Misfit | undefined }) => {
  const { t } = useLingui();
  const options = useOptions("needs");
  const error = useMisfitText()(misfit);
  return (
    <Controller
      control={control}
      name="needs"
      render={({ field }) => (
        <MultiSelect
          {...field}
          size="md"
          label={t`Потребе`}
          placeholder={field.value.length === 0 ? t`Изаберите једну или више` : ""}
          data={options}
          error={error}
          searchable
          clearable
          hidePickedOptions
        />
      )}
    />
  );
};

/** What of the chosen needs the chosen consent does not cover. */
export const useMisfit = (control: Control<NewCaseForm>): Misfit | undefined => {
  const [bundle, needs] = useWatch({ control, name: ["bundle", "needs"] });
  return misfitOf(bundle, needs, { bundles: useEntries("consent_bundles"), needs: useEntries("needs") });
};

const useMisfitText = () => {
  const { t } = useLingui();
  const need = useLabel("needs");
  const bundle = useLabel("consent_bundles");
  return (misfit: Misfit | undefined): string | undefined => {
    if (misfit === undefined) return undefined;
    const names = misfit.needs.map((one) => need(one)).join(", ");
    const wider = bundle(misfit.wider);
    return misfit.wider === ""
      ? t`Ниједан од ових пристанака не обухвата: ${names}. Изоставите то овде.`
      : t`Изабрани пристанак не обухвата: ${names}. Питајте особу пристаје ли на „${wider}“, или то изоставите.`;
  };
};
