import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { ProblemNote } from "./problem-note.tsx";
import type { Command } from "./use-command.ts";

interface FooterProps {
  readonly command: Pick<Command, "busy" | "error">;
  /** What the button that sends the form says. */
  readonly action: string;
  /** It cannot be sent as it stands. */
  readonly disabled?: boolean;
  /** What it does cannot be taken back. */
  readonly danger?: boolean;
  readonly onClose: () => void;
  /** Other things that can be done, between the two buttons. */
  readonly children?: ReactNode;
}

/** The end of a dialog's form: why the last try was refused, Cancel, and the button that sends it. */
export const DialogFooter = ({ command, action, disabled, danger, onClose, children }: FooterProps) => (
  <>
    <ProblemNote error={command.error} />
    <div className="modal-actions">
      <Button variant="quiet" onClick={onClose}>
        Cancel
      </Button>
      {children}
      <Button variant={danger ? "danger" : "primary"} type="submit" disabled={command.busy || disabled}>
        {action}
      </Button>
    </div>
  </>
);
