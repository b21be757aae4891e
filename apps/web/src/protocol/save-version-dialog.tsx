import { type FormEvent, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Modal } from "../ui/modal.tsx";

interface SaveVersionProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onSave: (label: string | undefined) => Promise<void>;
}

/** Names an immutable version; the name may be left out. */
export const SaveVersionDialog = ({ open, onClose, onSave }: SaveVersionProps) => {
  const [label, setLabel] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      await onSave(label.trim() === "" ? undefined : label.trim());
      setLabel("");
      onClose();
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal open={open} onClose={onClose} title="Save a version">
      <form className="modal-body" onSubmit={(event) => void submit(event)}>
        <p>A version never changes. Sessions are opened from versions; the text you edit stays a draft.</p>
        <label className="field">
          <span>Name (may be left empty)</span>
          <input
            className="input"
            value={label}
            onChange={(event) => setLabel(event.target.value)}
            maxLength={200}
            placeholder="before the second guardian"
          />
        </label>
        <div className="modal-actions">
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" disabled={busy}>
            Save version
          </Button>
        </div>
      </form>
    </Modal>
  );
};
