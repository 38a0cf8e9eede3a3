import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { releasesCreateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { Button, Group, ProblemNotice, Section, Select, tell, Text, useSend } from "@/ui";
import { periodsToPrepare, usePeriod } from "./periods";
import { useTier } from "./words";

const TIERS = ["B", "C"] as const;
type Tier = (typeof TIERS)[number];

/** Ask for a release: a job builds it and attacks it, another person publishes it. */
export const PrepareRelease = () => {
  const { t } = useLingui();
  const [tier, setTier] = useState<Tier>("B");
  const [period, setPeriod] = useState(periodsToPrepare("B", new Date())[0] ?? "");
  const [key, setKey] = useState(() => crypto.randomUUID());
  const send = useSend(releasesCreateMutation(), () => {
    setKey(crypto.randomUUID());
    tell(t`Израда је почела. Издање је у списку.`);
  });
  const choose = (wanted: Tier, of: string) => {
    setTier(wanted);
    setPeriod(of);
    setKey(crypto.randomUUID());
  };
  return (
    <Section title={t`Ново издање`}>
      <Text>
        <Trans>
          Провера тражи начин да из бројева сазна за појединца. Ако га нађе, издања нема. Објављује друга особа.
        </Trans>
      </Text>
      {send.problem !== undefined && <ProblemNotice error={send.problem} />}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate({ body: { tier, period }, headers: { "Idempotency-Key": key } });
        }}
      >
        <Group align="flex-end">
          <Which tier={tier} period={period} onChoose={choose} />
          <Button type="submit" size="md" loading={send.isPending}>
            <Trans>Припреми издање</Trans>
          </Button>
        </Group>
      </form>
    </Section>
  );
};

interface WhichProps {
  tier: Tier;
  period: string;
  onChoose: (tier: Tier, period: string) => void;
}

/** For whom, and about which time: another circle of readers has other periods. */
const Which = ({ tier, period, onChoose }: WhichProps) => {
  const { t } = useLingui();
  const name = usePeriod();
  const tierName = useTier();
  const chooseTier = (value: string | null) => {
    const wanted = TIERS.find((one) => one === value) ?? "B";
    onChoose(wanted, periodsToPrepare(wanted, new Date())[0] ?? "");
  };
  return (
    <>
      <Select
        size="md"
        label={t`За кога`}
        allowDeselect={false}
        data={TIERS.map((value) => ({ value, label: tierName(value) }))}
        value={tier}
        onChange={chooseTier}
      />
      <Select
        size="md"
        label={t`Период`}
        allowDeselect={false}
        data={periodsToPrepare(tier, new Date()).map((value) => ({ value, label: name(value) }))}
        value={period}
        onChange={(value) => onChoose(tier, value ?? "")}
      />
    </>
  );
};
