import { type Control, type FieldPath, type FieldValues, useController } from "react-hook-form";
import type { Problem } from "@/api";
import { Checkbox, DateField, MultiSelect, Select, TextInput } from "@/ui";
import { useFault } from "./use-fault";

export interface FieldProps<Form extends FieldValues> {
  control: Control<Form>;
  name: FieldPath<Form>;
  label: string;
  description?: string;
  /** What the service said against the form: its fault stands at the field that it names. */
  problem?: Problem;
  required?: boolean;
}

export interface Choice {
  value: string;
  label: string;
}

const useField = <Form extends FieldValues>({
  control,
  name,
  label,
  description,
  problem,
  required,
}: FieldProps<Form>) => {
  const { field, fieldState } = useController({ control, name });
  const error = useFault(name, problem, fieldState.invalid);
  const { value, ...rest } = field;
  const given: unknown = value;
  const look = { ...rest, size: "md", label, description, error, required, withAsterisk: false } as const;
  return { look, given };
};

const text = (value: unknown): string => (typeof value === "string" ? value : "");

export const TextField = <Form extends FieldValues>(props: FieldProps<Form> & { maxLength?: number }) => {
  const { look, given } = useField(props);
  return <TextInput {...look} value={text(given)} maxLength={props.maxLength} autoComplete="off" />;
};

export const DayField = <Form extends FieldValues>(props: FieldProps<Form>) => {
  const { look, given } = useField(props);
  return <DateField {...look} value={text(given)} />;
};

export const ChoiceField = <Form extends FieldValues>(props: FieldProps<Form> & { data: Choice[]; none: string }) => {
  const { look, given } = useField(props);
  return (
    <Select
      {...look}
      data={props.data}
      value={text(given) === "" ? null : text(given)}
      onChange={(value) => look.onChange(value ?? "")}
      searchable={props.data.length > 6}
      clearable={props.required !== true}
      nothingFoundMessage={props.none}
    />
  );
};

export const ChoicesField = <Form extends FieldValues>(props: FieldProps<Form> & { data: Choice[]; none: string }) => {
  const { look, given } = useField(props);
  return (
    <MultiSelect
      {...look}
      data={props.data}
      value={Array.isArray(given) ? given.map(String) : []}
      searchable
      clearable
      hidePickedOptions
      nothingFoundMessage={props.none}
    />
  );
};

export const YesField = <Form extends FieldValues>(props: FieldProps<Form>) => {
  const { look, given } = useField(props);
  const { withAsterisk: _, required: __, ...rest } = look;
  return (
    <Checkbox {...rest} checked={given === true} onChange={(event) => look.onChange(event.currentTarget.checked)} />
  );
};
