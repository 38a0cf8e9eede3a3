import { Trans, useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useEffect, useSyncExternalStore } from "react";
import { signInAgain } from "@/api";
import { Sheet, Skeletons, Stack, Text } from "@/ui";
import { useMe } from "./me";
import { signInQuestion } from "./question";

const SignIn = lazy(async () => ({ default: (await import("./SignIn")).SignIn }));

/** Signing in over the page: what was typed below stays where it is. Somebody else gets a fresh page instead. */
export const SignInSheet = () => {
  const { t } = useLingui();
  const me = useMe();
  const opened = useSyncExternalStore(signInQuestion.listen, signInQuestion.isPut);
  useEffect(() => {
    signInAgain.shownBy(signInQuestion.put);
    return () => signInAgain.shownBy(undefined);
  }, []);
  const onIn = (person: string) => {
    if (person === me.id) signInQuestion.answer(true);
    else location.reload();
  };
  return (
    <Sheet title={t`Пријавите се поново`} opened={opened} size="md" onClose={() => signInQuestion.answer(false)}>
      <Stack gap="md">
        <Text>
          <Trans>Пријава је истекла. Оно што сте уписали остаје где јесте, и наставља се само.</Trans>
        </Text>
        <Suspense fallback={<Skeletons lines={3} />}>
          <SignIn username={me.username} onIn={onIn} />
        </Suspense>
      </Stack>
    </Sheet>
  );
};
