import { TextInput, type TextInputProps } from "@mantine/core";

/** The browser's own fields: phones show their own calendar, keyboards and screen readers know them. */
export const DateField = (props: TextInputProps) => <TextInput {...props} type="date" />;
export const DateTimeField = (props: TextInputProps) => <TextInput {...props} type="datetime-local" />;
