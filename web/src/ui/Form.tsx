import { Stack } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  onSubmit: () => void;
  children: ReactNode;
}

/** A form, one field below the other. What is wrong in it is said by the app and the service, not by the browser. */
export const Form = ({ onSubmit, children }: Props) => (
  <form
    noValidate
    onSubmit={(event) => {
      event.preventDefault();
      onSubmit();
    }}
  >
    <Stack gap="md">{children}</Stack>
  </form>
);
