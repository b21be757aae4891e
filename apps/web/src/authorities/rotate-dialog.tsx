import type { AuthorityView } from "@parley/wire/http";
import { type FormEvent, useState } from "react";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { DialogFooter } from "../ui/dialog-footer.tsx";
import { HashText } from "../ui/hash-text.tsx";
import { Modal } from "../ui/modal.tsx";
import { toast } from "../ui/toast.tsx";
import { useCommand } from "../ui/use-command.ts";

interface RotateProps {
  readonly view: AuthorityView;
  readonly device: AuthorityView["devices"][number];
  readonly onClose: () => void;
}

/** What rotating changes, before it is done. */
const Changes = ({ view, device }: Omit<RotateProps, "onClose">) => {
  const next = view.epoch + 1;
  const spent = view.budgets.filter((budget) => budget.spent > 0).length;
  return (
    <ul className="rotate-changes">
      <li>
        {device.name} signs by a new key from epoch {next} on, which begins now.
      </li>
      <li>
        <HashText value={device.key ?? ""} /> counts up to epoch {view.epoch}: receipts, handoffs and
        ceremonies it signed hold as before. What it signs of a later epoch is refused, and its secret half is
        deleted here.
      </li>
      <li>
        Every budget of {view.name} starts at nothing spent
        {spent === 0 ? "." : `: ${spent} with something spent now.`} Receipts of epoch {view.epoch} still
        verify, but pay for nothing any more.
      </li>
      <li>
        Its leaf of the commitment tree is replaced, and the tree goes into epoch{" "}
        {(view.tree?.epoch ?? 0) + 1}.
      </li>
      <li>Tokens stay as they are: the root key signed them.</li>
    </ul>
  );
};

/** Gives a device another key: says what that changes, and does it in one step. */
export const RotateDialog = ({ view, device, onClose }: RotateProps) => {
  const [reason, setReason] = useState("");
  const command = useCommand(keys.authority(view.id));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const asked = { epoch: view.epoch, reason: reason.trim() };
    void command.run(
      () => api.authority.rotate(view.id, device.id, asked),
      ({ epoch }) => {
        toast({ text: `${device.name} signs by a new key since epoch ${epoch}` });
        onClose();
      },
    );
  };
  return (
    <Modal open onClose={onClose} title={`Rotate the key of ${device.name}`}>
      <form className="modal-body" onSubmit={submit}>
        <Changes view={view} device={device} />
        <label className="field">
          <span>Reason, for the record</span>
          <input
            className="input"
            maxLength={1000}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        </label>
        <DialogFooter command={command} action="Rotate the key" danger onClose={onClose} />
      </form>
    </Modal>
  );
};
