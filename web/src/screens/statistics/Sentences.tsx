import { Trans, useLingui } from "@lingui/react/macro";
import { IconShield, IconShieldCheck, IconShieldHalf } from "@tabler/icons-react";
import { useState } from "react";
import type { FigureOut } from "@/api/gen";
import { Button, Section, Sign, Stack } from "@/ui";
import { TOTAL } from "./figures";
import { Quote } from "./Quote";

const FEW = 4;

/** The figures as sentences to cite: those of all towns first. */
export const Sentences = ({ figures }: { figures: readonly FigureOut[] }) => {
  const { t, i18n } = useLingui();
  const [all, setAll] = useState(false);
  const sorted = [...figures].sort((a, b) => Number(b.row === TOTAL) - Number(a.row === TOTAL));
  const shown = all ? sorted : sorted.slice(0, FEW);
  return (
    <Section title={t`Реченице за навођење`}>
      <Stack gap="md">
        {shown.map((one) => (
          <Quote
            key={`${one.part} ${one.row} ${one.column}`}
            text={one.sentences[i18n.locale] ?? ""}
            beside={<Confidence of={one.confidence} />}
          />
        ))}
        {sorted.length > shown.length && (
          <Button variant="default" size="md" onClick={() => setAll(true)} style={{ alignSelf: "start" }}>
            <Trans>Прикажи свих {sorted.length}</Trans>
          </Button>
        )}
      </Stack>
    </Section>
  );
};

/** How much a figure can be relied on. */
const Confidence = ({ of }: { of: string }) => {
  const { t } = useLingui();
  if (of === "firm") return <Sign icon={IconShieldCheck} tone="good">{t`поуздано`}</Sign>;
  if (of === "fair") return <Sign icon={IconShieldHalf} tone="calm">{t`прилично поуздано`}</Sign>;
  if (of === "weak") return <Sign icon={IconShield} tone="soon">{t`слабо поуздано`}</Sign>;
  return null;
};
