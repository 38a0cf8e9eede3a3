import { useLingui } from "@lingui/react/macro";
import { FoldedText, type GuardedValue } from "@/guard";

export const NoteField = ({ value, onChange }: { value: GuardedValue; onChange: (value: GuardedValue) => void }) => {
  const { t } = useLingui();
  return (
    <div data-part="note">
      <FoldedText label={t`Напомена`} value={value} onChange={onChange} />
    </div>
  );
};
