import { Trans, useLingui } from "@lingui/react/macro";
import { IconPhone } from "@tabler/icons-react";
import { Button } from "@/ui";

/** Calls on a telephone; elsewhere it shows the number all the same. */
export const CallButton = ({ phone, name }: { phone: string; name: string }) => {
  const { t } = useLingui();
  if (phone === "") return null;
  return (
    <Button
      component="a"
      href={`tel:${phone.replaceAll(/[^+\d]/g, "")}`}
      variant="default"
      leftSection={<IconPhone size={18} aria-hidden />}
      aria-label={t`Позови ${phone}, ${name}`}
    >
      <Trans>Позови {phone}</Trans>
    </Button>
  );
};
