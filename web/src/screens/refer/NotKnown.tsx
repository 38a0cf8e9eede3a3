import { Trans } from "@lingui/react/macro";
import { Alert, Button, ProblemNotice, Stack, Text } from "@/ui";
import type { Held } from "./held";
import { send } from "./outbox";
import { pauseAfter } from "./try-to-send";

/** The answer was lost: the referral may have gone. It is asked again by itself, unless only the person can help. */
export const NotKnown = ({ held: { referral, problem, lost } }: { held: Held }) => {
  const now = () => void send(referral.id);
  if (problem === undefined || pauseAfter(problem, lost) === undefined)
    return <ProblemNotice error={problem} retry={now} />;
  return (
    <Alert variant="outline" color="orange">
      <Stack gap="sm" align="flex-start">
        <Text>
          <Trans>
            Одговор сервера није стигао. Покушавамо поново сами; упут не може да оде двапут. Ако затворите страницу,
            овде под „Нови упут“ или на случају видећете како стоји.
          </Trans>
        </Text>
        <Button variant="default" onClick={now}>
          <Trans>Покушај поново</Trans>
        </Button>
      </Stack>
    </Alert>
  );
};
