import { Trans, useLingui } from "@lingui/react/macro";
import { IconCheck, IconMessageQuestion, IconUrgent } from "@tabler/icons-react";
import { useEffect } from "react";
import type { VerdictEnum } from "@/api/gen";
import { Button } from "@/ui";
import { VERDICTS } from "./words";
import "./audit.css";

const ICONS = { expected: IconCheck, ask: IconMessageQuestion, escalate: IconUrgent };
const ORDER: readonly VerdictEnum[] = ["expected", "ask", "escalate"];

interface Props {
  /** A question was put already: it cannot be put twice. */
  asked?: boolean;
  disabled?: boolean;
  onVerdict: (verdict: VerdictEnum) => void;
}

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest("input, textarea, select, [role=dialog], [contenteditable]") !== null;

/** Three big buttons; the keys 1, 2 and 3 do the same. */
export const Verdicts = ({ asked = false, disabled = false, onVerdict }: Props) => {
  const { i18n } = useLingui();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (disabled || event.ctrlKey || event.altKey || event.metaKey || event.repeat || typing(event.target)) return;
      const verdict = ORDER[Number(event.key) - 1];
      if (verdict === undefined || (verdict === "ask" && asked)) return;
      event.preventDefault();
      onVerdict(verdict);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [asked, disabled, onVerdict]);
  return (
    <div className="verdicts">
      {ORDER.filter((one) => one !== "ask" || !asked).map((one) => {
        const Icon = ICONS[one];
        return (
          <Button
            key={one}
            size="lg"
            variant={one === "expected" ? "filled" : "default"}
            disabled={disabled}
            onClick={() => onVerdict(one)}
            leftSection={<Icon size={22} aria-hidden />}
            rightSection={<kbd aria-hidden>{ORDER.indexOf(one) + 1}</kbd>}
          >
            {i18n._(VERDICTS[one])}
          </Button>
        );
      })}
      <p className="verdicts-help">
        <Trans>Можете и тастерима 1, 2 и 3.</Trans>
      </p>
    </div>
  );
};
