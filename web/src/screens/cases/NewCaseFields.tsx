import { useLingui } from "@lingui/react/macro";
import { Controller, useFormContext } from "react-hook-form";
import { useEntries, useOptions } from "@/reference";
import { Checkbox, MultiSelect, Select, Stack } from "@/ui";
import { ItemField } from "../case/ItemField";
import { useNeedsFault } from "./needs-fault";
import type { NewCaseForm } from "./new-case";
import "./screen.css";

const ITEMS = ["age_band", "sex", "referral_source"];

export const NewCaseFields = ({ opens }: { opens: boolean }) => {
  const { t } = useLingui();
  const { watch, setValue } = useFormContext<NewCaseForm>();
  const urgencies = useOptions("urgencies");
  const fields = useEntries("tdi_fields").filter(({ code }) => ITEMS.includes(code));
  const value = watch();
  return (
    <Stack gap="md">
      <Needs />
      <div className="case-filters">
        <Select
          size="md"
          label={t`Хитност`}
          allowDeselect={false}
          value={value.urgency}
          onChange={(code) => setValue("urgency", code ?? "routine")}
          data={urgencies}
        />
        {fields.map((field) => (
          <ItemField
            key={field.code}
            field={field}
            value={value.items[field.code]}
            onChange={(item) => setValue("items", { ...value.items, [field.code]: item })}
          />
        ))}
      </div>
      {opens && (
        <Checkbox
          size="md"
          label={t`Проверено је: особи треба помоћ више организација, или њихов договор`}
          checked={value.eligible}
          onChange={(event) => setValue("eligible", event.currentTarget.checked)}
        />
      )}
    </Stack>
  );
};

const Needs = () => {
  const { t } = useLingui();
  const { control } = useFormContext<NewCaseForm>();
  const options = useOptions("needs");
  const fault = useNeedsFault(control);
  return (
    <Controller
      control={control}
      name="needs"
      render={({ field, fieldState }) => (
        <MultiSelect
          {...field}
          size="md"
          label={t`Потребе`}
          searchable
          required
          placeholder={field.value.length === 0 ? t`Додај потребу` : ""}
          nothingFoundMessage={t`Нема такве потребе`}
          error={fieldState.invalid ? t`Изаберите бар једну потребу.` : fault}
          data={options}
        />
      )}
    />
  );
};
