import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { ifMatch } from "@/api";
import type { ServiceOut } from "@/api/gen";
import { servicesAssureMutation, servicesCapacityMutation } from "@/api/gen/@tanstack/react-query.gen";
import { may, useMe } from "@/session/me";
import { Button, Group, NumberInput, ProblemNotice, Stack, tell, useSend } from "@/ui";

const MOST = 999;

/** For who works there: how many places are free, by a number and one tap; and that the entry is still true. */
export const OwnService = ({ service }: { service: ServiceOut }) => {
  const { t } = useLingui();
  const me = useMe();
  const [free, setFree] = useState<number | string>(service.capacity_free ?? "");
  const capacity = useSend(servicesCapacityMutation(), () => tell(t`Број места је потврђен.`));
  const assure = useSend(servicesAssureMutation(), () => tell(t`Подаци су потврђени.`));
  if (!me.organisations.some(({ id }) => id === service.organisation)) return null;
  const given = { path: { id: service.id }, headers: ifMatch(service) };
  const problem = capacity.problem ?? assure.problem;
  return (
    <Stack gap="xs">
      <Group gap="xs" align="end">
        {may(me, "capacity.update") && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (typeof free === "number") capacity.mutate({ ...given, body: { free } });
            }}
          >
            <Group gap="xs" align="end">
              <NumberInput
                size="md"
                label={t`Слободних места сада`}
                value={free}
                onChange={setFree}
                min={0}
                max={MOST}
                allowDecimal={false}
                allowNegative={false}
                required
                withAsterisk={false}
              />
              <Button type="submit" size="md" variant="default" loading={capacity.isPending}>
                <Trans>Потврди места</Trans>
              </Button>
            </Group>
          </form>
        )}
        {may(me, "directory.assure") && (
          <Button size="md" variant="subtle" loading={assure.isPending} onClick={() => assure.mutate(given)}>
            <Trans>Подаци су тачни</Trans>
          </Button>
        )}
      </Group>
      {problem !== undefined && <ProblemNotice error={problem} />}
    </Stack>
  );
};
