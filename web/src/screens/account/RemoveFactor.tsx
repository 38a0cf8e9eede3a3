import { Trans } from "@lingui/react/macro";
import { type Factor, removeFactor } from "@/session/factors";
import { useTry } from "@/session/use-try";
import { Button, ProblemNotice, Stack, Text } from "@/ui";
import { useFactorName } from "./factor-name";

export const RemoveFactor = ({ factor, onDone }: { factor: Factor; onDone: () => void }) => {
  const name = useFactorName()(factor);
  const tried = useTry(() => removeFactor(factor), onDone);
  return (
    <Stack gap="md">
      {tried.problem !== undefined && <ProblemNotice error={tried.problem} />}
      <Text>
        <Trans>{name}: после уклањања тиме више не можете да се пријавите.</Trans>
      </Text>
      <Button size="md" loading={tried.busy} onClick={() => tried.run()}>
        <Trans>Уклони</Trans>
      </Button>
    </Stack>
  );
};
