import { Alert, Button, Stack, Text } from "@mantine/core";
import { useInterval } from "@mantine/hooks";
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { asProblem, type Problem, signInAgain } from "@/api";

/** How long to wait yet, in seconds. */
const useCountdown = (seconds: number): number => {
  const [left, setLeft] = useState(seconds);
  const clock = useInterval(() => setLeft((now) => Math.max(0, now - 1)), 1000);
  useEffect(() => {
    setLeft(seconds);
    clock.start();
    return clock.stop;
  }, [seconds]);
  return left;
};

const MINUTE = 60;
const clockOf = (seconds: number): string =>
  `${Math.floor(seconds / MINUTE)}:${String(seconds % MINUTE).padStart(2, "0")}`;

const GONE = 410;

const useWhat = (problem: Problem): string => {
  const { t } = useLingui();
  if (problem.status === 0) return t`Нема везе са сервером. Оно што сте уписали је сачувано; покушајте поново.`;
  if (problem.status === 404) return t`Овога нема, или Вам није доступно.`;
  if (problem.status === GONE) return t`Ових података више нема: обрисани су.`;
  return problem.detail || t`Нешто није у реду на серверу. Покушајте поново мало касније.`;
};

/** What went wrong, why, and what can be done now. */
export const ProblemNotice = ({ error, retry }: { error: unknown; retry?: () => void }) => {
  const problem = asProblem(error);
  const what = useWhat(problem);
  const left = useCountdown(problem.retryAfter);
  return (
    <Alert color="red" variant="outline" role="alert" title={<Trans>Није успело</Trans>}>
      <Stack gap="xs" align="flex-start">
        <Text>{what}</Text>
        {left > 0 && (
          <Text>
            <Trans>
              Можете поново за <span className="numbers">{clockOf(left)}</span>.
            </Trans>
          </Text>
        )}
        {problem.requestId !== "" && (
          <Text size="sm" c="dimmed">
            <Trans>Ознака захтева: {problem.requestId}</Trans>
          </Text>
        )}
        {problem.status === 401 && (
          <Button onClick={() => void signInAgain.ask().then((done) => done && retry?.())}>
            <Trans>Пријави се</Trans>
          </Button>
        )}
        {retry !== undefined && problem.status !== 401 && problem.status !== GONE && (
          <Button variant="default" onClick={retry} disabled={left > 0}>
            <Trans>Покушај поново</Trans>
          </Button>
        )}
      </Stack>
    </Alert>
  );
};
