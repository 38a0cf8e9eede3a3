import type { ReactNode } from "react";
import { Button, Stack } from "@/ui";
import { StepProblem } from "./StepProblem";
import type { Try } from "./use-try";

interface Props {
  tried: Try<void>;
  /** Where a fault stands at the field itself. */
  field?: string;
  /** What the button says. */
  label: string;
  /** Other ways on, below the button. */
  below?: ReactNode;
  children: ReactNode;
}

/** One step on the way in: what went wrong, its fields, and the one button. */
export const StepForm = ({ tried, field, label, below, children }: Props) => (
  <form
    onSubmit={(event) => {
      event.preventDefault();
      tried.run();
    }}
  >
    <Stack gap="md">
      <StepProblem tried={tried} {...(field === undefined ? {} : { field })} />
      {children}
      <Button type="submit" size="md" loading={tried.busy}>
        {label}
      </Button>
      {below}
    </Stack>
  </form>
);
