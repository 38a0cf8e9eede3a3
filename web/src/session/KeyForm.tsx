import { IconFingerprint } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Button, Stack, Text } from "@/ui";
import { StepProblem } from "./StepProblem";
import { useTry } from "./use-try";

interface Props {
  description: ReactNode;
  label: string;
  send: () => Promise<unknown>;
  onDone: () => void;
}

/** A key is shown, or made, when the person says so: browsers want a tap for it. */
export const KeyForm = ({ description, label, send, onDone }: Props) => {
  const tried = useTry(send, onDone);
  return (
    <Stack gap="md">
      <StepProblem tried={tried} />
      <Text>{description}</Text>
      <Button
        size="md"
        autoFocus
        loading={tried.busy}
        leftSection={<IconFingerprint size={22} aria-hidden />}
        onClick={() => tried.run()}
      >
        {label}
      </Button>
    </Stack>
  );
};
