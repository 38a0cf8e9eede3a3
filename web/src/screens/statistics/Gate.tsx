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
        {({ passed, reason, steps = [] }) => {
          const last = steps.at(-1);
          const failed = last?.failed.length ?? 0;
          return (
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
              <Text>
                <Plural value={steps.length} one="# покушај" few="# покушаја" other="# покушаја" />
                {" · "}
                <Plural
                  value={last?.withheld.length ?? 0}
                  one="# број није приказан"
                  few="# броја нису приказана"
                  other="# бројева није приказано"
                />
                {failed > 0 && (
                  <>
                    {" · "}
                    <Plural value={failed} one="# место је пало" few="# места су пала" other="# места је пало" />
                  </>
                )}
              </Text>
            </>
          );
        }}
      </Answered>
    </Section>
  );
};
