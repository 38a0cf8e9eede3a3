import { useLingui } from "@lingui/react/macro";
import { Modal } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useHeight } from "./open-sheets";

interface Props {
  title: string;
  opened: boolean;
  onClose: () => void;
  size?: string;
  children: ReactNode;
}

const LOWEST = 200;

/** A sheet over the page: the whole width on a phone, a window elsewhere. Escape closes it, the focus goes back. */
export const Sheet = ({ title, opened, onClose, size = "lg", children }: Props) => {
  const { t } = useLingui();
  const phone = useMediaQuery("(max-width: 48em)");
  const { height, top } = useHeight(opened);
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      size={size}
      // The page has its own header; that of a dialog is no second one.
      attributes={{ header: { role: "presentation" } }}
      fullScreen={phone}
      zIndex={LOWEST + height}
      closeOnEscape={top}
      transitionProps={{ duration: 120 }}
    >
      <Modal.Overlay />
      <Modal.Content>
        <div className="sheet-head">
          <Modal.Title className="sheet-title">{title}</Modal.Title>
          <Modal.CloseButton size={44} iconSize={20} aria-label={t`Затвори`} />
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
};
