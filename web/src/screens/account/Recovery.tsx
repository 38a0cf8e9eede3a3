import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { queryClient } from "@/api";
import { recoveryCodes, renewCodes } from "@/session/factors";
import { RecoveryCodes } from "@/session/RecoveryCodes";
import { Button, Group, ProblemNotice, Sheet, Stack, Text } from "@/ui";

/** Codes for a lost phone or key: how many are left, show them, make new ones. */
export const Recovery = ({ left }: { left: number | undefined }) => {
  const { t } = useLingui();
  const shown = useMutation({
    mutationFn: (fresh: boolean) => (fresh ? renewCodes() : recoveryCodes()),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["factors"] }),
  });
  const none = left === undefined || left === 0;
  return (
    <Stack gap="xs">
      <Text>
        {none
          ? t`Немате резервних кодова. Без њих, ако изгубите телефон, приступ враћају две особе из тима.`
          : t`${plural(left, { one: "Преостао је # резервни код.", few: "Преостала су # резервна кода.", other: "Преостало је # резервних кодова." })}`}
      </Text>
      {shown.isError && <ProblemNotice error={shown.error} />}
      <Group gap="xs">
        {!none && (
          <Button variant="default" size="md" loading={shown.isPending} onClick={() => shown.mutate(false)}>
            <Trans>Прикажи кодове</Trans>
          </Button>
        )}
        <Button variant="default" size="md" loading={shown.isPending} onClick={() => shown.mutate(true)}>
          <Trans>Направи нове кодове</Trans>
        </Button>
      </Group>
      <Sheet title={t`Резервни кодови`} size="md" opened={shown.data !== undefined} onClose={shown.reset}>
        <RecoveryCodes codes={shown.data ?? []} />
      </Sheet>
    </Stack>
  );
};
