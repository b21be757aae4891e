import type { AuthorityView } from "@parley/wire/http";
import { type FormEvent, useState } from "react";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { Button } from "../ui/button.tsx";
import { DialogFooter } from "../ui/dialog-footer.tsx";
import { Modal } from "../ui/modal.tsx";
import { toast } from "../ui/toast.tsx";
import { useCommand } from "../ui/use-command.ts";

interface PresentProps {
  readonly view: AuthorityView;
  /** The token to show; absent = one from elsewhere, by its bytes, or none. */
  readonly token?: string;
  readonly device: string;
  readonly onClose: () => void;
}

/** Chooses which device shows a token; one from elsewhere is pasted, and taken in if the authority signed it. */
export const PresentDialog = ({ view, token, device: first, onClose }: PresentProps) => {
  const [device, setDevice] = useState(first);
  const [bytes, setBytes] = useState("");
  const command = useCommand(keys.authority(view.id));
  const shows = view.devices.find(({ id }) => id === device)?.token ?? null;
  const send = (body: Parameters<typeof api.authority.present>[2]): void =>
    void command.run(
      () => api.authority.present(view.id, device, body),
      () => {
        toast({ text: `${device} shows another token from now on` });
        onClose();
      },
    );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send(token === undefined ? { bytes: bytes.trim() } : { token });
  };
  return (
    <Modal
      open
      onClose={onClose}
      title={token === undefined ? "Show a token from elsewhere" : `Show ${token}`}
    >
      <form className="modal-body" onSubmit={submit}>
        <label className="field">
          <span>Device</span>
          <select className="input" value={device} onChange={({ target }) => setDevice(target.value)}>
            {view.devices.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <p className="quiet">Now it shows {shows === null ? "none" : <code>{shows}</code>}.</p>
        {token === undefined ? (
          <label className="field">
            <span>The token, as text</span>
            <textarea
              className="input"
              required
              rows={4}
              value={bytes}
              onChange={({ target }) => setBytes(target.value)}
            />
          </label>
        ) : null}
        <DialogFooter command={command} action="Show it" onClose={onClose}>
          {token === undefined && shows !== null ? (
            <Button disabled={command.busy} onClick={() => send({ token: null })}>
              Show none
            </Button>
          ) : null}
        </DialogFooter>
      </form>
    </Modal>
  );
};
