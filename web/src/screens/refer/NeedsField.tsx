import { useLingui } from "@lingui/react/macro";
import { type Control, Controller } from "react-hook-form";
import { type Misfit, useMisfitText, useOptions } from "@/reference";
import { MultiSelect } from "@/ui";
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
