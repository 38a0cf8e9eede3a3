import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconPhone } from "@tabler/icons-react";

interface Props {
  phone: string;
  /** Whom one calls. */
  name: string;
  main?: boolean;
}

/** Call somebody: the number is shown, because not everybody sits at a phone. */
export const CallButton = ({ phone, name, main = false }: Props) => {
  const { t } = useLingui();
  if (phone === "") return null;
  return (
    <Button
      component="a"
      size="md"
      variant={main ? "filled" : "default"}
      href={`tel:${phone.replaceAll(/[^+\d]/g, "")}`}
      leftSection={<IconPhone size={20} aria-hidden />}
      aria-label={t`Позови: ${name}, ${phone}`}
    >
      {phone}
    </Button>
  );
};
