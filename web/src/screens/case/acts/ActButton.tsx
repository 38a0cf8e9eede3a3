import { useLingui } from "@lingui/react/macro";
import type { CaseOut } from "@/api/gen";
import { useMe } from "@/session/me";
import { Button, useDisclosure } from "@/ui";
import { ActSheet } from "./ActSheet";
import { type ActName, ACTS } from "./registry";

/** A button for an act, where it is open to the reader. */
export const ActButton = ({ one, act, quiet = false }: { one: CaseOut; act: ActName; quiet?: boolean }) => {
  const { i18n } = useLingui();
  const me = useMe();
  const [opened, { open, close }] = useDisclosure(false);
  if (!ACTS[act].offered(one, me)) return null;
  return (
    <>
      <Button {...(quiet ? { variant: "default" } : { size: "md" })} onClick={open}>
        {i18n._(ACTS[act].name)}
      </Button>
      <ActSheet one={one} act={opened ? act : undefined} onClose={close} />
    </>
  );
};
