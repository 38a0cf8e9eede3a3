import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useSyncExternalStore } from "react";
import { factorAgain } from "@/api";
import { Answered, Sheet, Skeletons, Stack, Text } from "@/ui";
import { factorQuestion } from "./question";

const FactorStep = lazy(async () => ({ default: (await import("./FactorStep")).FactorStep }));

const Factors = () => {
  const held = useQuery({
    queryKey: ["factors-held"],
    queryFn: async () => {
      const { factorsOf, kindsOf } = await import("./factors");
      return kindsOf(await factorsOf());
    },
    gcTime: 0,
  });
  return (
    <Answered query={held} lines={2}>
      {(kinds) => <FactorStep kinds={kinds} again onDone={() => factorQuestion.answer(true)} />}
    </Answered>
  );
};

/** What matters most asks for the second factor once more; then the same thing is sent again by itself. */
export const FactorSheet = () => {
  const { t } = useLingui();
  const opened = useSyncExternalStore(factorQuestion.listen, factorQuestion.isPut);
  useEffect(() => {
    factorAgain.shownBy(factorQuestion.put);
    return () => factorAgain.shownBy(undefined);
  }, []);
  return (
    <Sheet title={t`Потврдите да сте то Ви`} opened={opened} size="md" onClose={() => factorQuestion.answer(false)}>
      <Stack gap="md">
        <Text>
          <Trans>Ово што радите је важно, па тражимо још једну потврду. После ње радња се наставља сама.</Trans>
        </Text>
        <Suspense fallback={<Skeletons lines={2} />}>
          <Factors />
        </Suspense>
      </Stack>
    </Sheet>
  );
};
