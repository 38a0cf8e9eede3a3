import { Trans, useLingui } from "@lingui/react/macro";
import { IconCheck, IconMessageQuestion, IconUrgent } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
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

/** Keys belong to a field, and to a sheet that lies over these buttons; not to one that they stand in. */
const taken = (target: EventTarget | null, buttons: HTMLElement | null): boolean => {
  if (!(target instanceof HTMLElement)) return false;
  const sheet = target.closest("[role=dialog]");
  return (
    target.closest("input, textarea, select, [contenteditable]") !== null ||
    (sheet !== null && !sheet.contains(buttons))
  );
};

/** Three big buttons; the keys 1, 2 and 3 do the same. */
export const Verdicts = ({ asked = false, disabled = false, onVerdict }: Props) => {
  const { i18n } = useLingui();
  const buttons = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (disabled || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      if (taken(event.target, buttons.current)) return;
      const verdict = ORDER[Number(event.key) - 1];
      if (verdict === undefined || (verdict === "ask" && asked)) return;
      event.preventDefault();
      onVerdict(verdict);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [asked, disabled, onVerdict]);
  return (
    <div className="verdicts" ref={buttons}>
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
