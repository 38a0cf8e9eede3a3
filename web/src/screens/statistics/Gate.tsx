import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { IconShieldCheck, IconShieldX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { releasesGateOptions } from "@/api/gen/@tanstack/react-query.gen";
import { Answered, Section, Sign, Text } from "@/ui";

/** What the attack on the release found. It names places, and holds no count. */
export const Gate = ({ id }: { id: string }) => {
  const { t } = useLingui();
  const gate = useQuery({ ...releasesGateOptions({ path: { id } }), staleTime: Infinity, retry: false });
  if (gate.isError) return null;
  return (
    <Section title={t`Провера пре објаве`}>
      <Answered query={gate} lines={2}>
        {({ passed, reason, steps = [] }) => (
          <>
            <div>
              {passed ? (
                <Sign icon={IconShieldCheck} tone="good">{t`Нападач није сазнао ништа`}</Sign>
              ) : (
                <Sign icon={IconShieldX} tone="late">{t`Провера није прошла`}</Sign>
              )}
            </div>
            {reason === "contradiction" && (
              <Text>
                <Trans>Подаци се не слажу са правилима плана табела.</Trans>
              </Text>
            )}
            <Tries count={steps.length} withheld={steps.at(-1)?.withheld.length} failed={steps.at(-1)?.failed.length} />
          </>
        )}
      </Answered>
    </Section>
  );
};

interface TriesProps {
  count: number;
  withheld?: number;
  failed?: number;
}

const Tries = ({ count, withheld = 0, failed = 0 }: TriesProps) => (
  <Text>
    <Plural value={count} one="# покушај" few="# покушаја" other="# покушаја" />
    {" · "}
    <Plural value={withheld} one="# број није приказан" few="# броја нису приказана" other="# бројева није приказано" />
    {failed > 0 && (
      <>
        {" · "}
        <Plural value={failed} one="# место је пало" few="# места су пала" other="# места је пало" />
      </>
    )}
  </Text>
);
