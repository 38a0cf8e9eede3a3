import { useLingui } from "@lingui/react/macro";
import type { CaseOut } from "@/api/gen";
import { Sheet } from "@/ui";
import { type ActName, ACTS } from "./registry";

/** The sheet of one act. */
export const ActSheet = ({ one, act, onClose }: { one: CaseOut; act: ActName | undefined; onClose: () => void }) => {
  const { i18n } = useLingui();
  if (act === undefined) return null;
  const { name, Form } = ACTS[act];
  return (
    <Sheet title={i18n._(name)} opened onClose={onClose}>
      <Form one={one} onDone={onClose} />
    </Sheet>
  );
};
