import type { ProtocolSummary } from "@parley/wire/http";
import { type FormEvent, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Modal } from "../ui/modal.tsx";
import { renameProtocol } from "./protocol-actions.ts";

const Form = ({
  protocol,
  onClose,
}: {
  readonly protocol: ProtocolSummary;
  readonly onClose: () => void;
}) => {
  const [name, setName] = useState(protocol.name);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    await renameProtocol(protocol.id, name.trim());
    onClose();
  };
  return (
    <form className="modal-body" onSubmit={(event) => void submit(event)}>
      <label className="field">
        <span>Name</span>
        <input
          className="input"
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.target.value)}
          onFocus={(event) => event.target.select()}
        />
      </label>
      <div className="modal-actions">
        <Button variant="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button variant="primary" type="submit" disabled={name.trim() === ""}>
          Rename
        </Button>
      </div>
    </form>
  );
};

export const RenameDialog = ({
  protocol,
  onClose,
}: {
  readonly protocol: ProtocolSummary | undefined;
  readonly onClose: () => void;
}) => (
  <Modal open={protocol !== undefined} onClose={onClose} title="Rename protocol">
    {protocol ? <Form protocol={protocol} onClose={onClose} /> : null}
  </Modal>
);
