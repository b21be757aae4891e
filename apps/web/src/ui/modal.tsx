import { Dialog } from "@base-ui/react/dialog";
import type { ReactNode } from "react";
import "./ui.css";

interface ModalProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly hideTitle?: boolean;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A dialog: focus stays in it, Esc closes it, focus returns to where it was. */
export const Modal = ({ open, onClose, title, hideTitle, wide, children }: ModalProps) => (
  <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
    <Dialog.Portal>
      <Dialog.Backdrop className="modal-backdrop" />
      <Dialog.Popup className={wide ? "modal wide" : "modal"}>
        <Dialog.Title className={hideTitle ? "visually-hidden" : "modal-title"}>{title}</Dialog.Title>
        {children}
      </Dialog.Popup>
    </Dialog.Portal>
  </Dialog.Root>
);
