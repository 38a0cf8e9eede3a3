import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button } from "@/ui";

interface Props {
  /** I have asked for it myself, and take it back. */
  mine: boolean;
  sending: boolean;
  onDecline: () => void;
}

/** Saying no to what waits, in two presses. */
export const Declining = ({ mine, sending, onDecline }: Props) => {
  const { t } = useLingui();
  const [sure, setSure] = useState(false);
  if (!sure) {
    return (
      <Button variant="default" size="md" onClick={() => setSure(true)}>
        {mine ? t`Повуци` : t`Одбиј`}
      </Button>
    );
  }
  return (
    <>
      <Button color="red" variant="outline" size="md" loading={sending} onClick={onDecline}>
        {mine ? t`Да, повуци` : t`Да, одбиј`}
      </Button>
      <Button variant="subtle" size="md" onClick={() => setSure(false)}>
        <Trans>Ипак не</Trans>
      </Button>
    </>
  );
};
