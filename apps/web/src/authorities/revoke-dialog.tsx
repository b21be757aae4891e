import type { AuthorityView, TokenView } from "@parley/wire/http";
import { type FormEvent, useState } from "react";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { DialogFooter } from "../ui/dialog-footer.tsx";
import { Modal } from "../ui/modal.tsx";
import { useCommand } from "../ui/use-command.ts";
import { tokenLineage } from "./token-lineage.ts";

interface RevokeProps {
  readonly view: AuthorityView;
  readonly token: TokenView;
  readonly onClose: () => void;
}

/** Tokens made from one, directly or not. */
const heirs = (view: AuthorityView, id: string): readonly string[] => {
  const lines = tokenLineage(view.tokens);
  const at = lines.findIndex(({ token }) => token.id === id);
  const depth = lines[at]?.depth ?? 0;
  const after = lines.slice(at + 1);
  const end = after.findIndex((line) => line.depth <= depth);
  return (end < 0 ? after : after.slice(0, end)).map(({ token }) => token.id);
};

/** Revokes a token for good: says so, and what falls with it, before it is done. */
export const RevokeDialog = ({ view, token, onClose }: RevokeProps) => {
  const [reason, setReason] = useState("");
  const [sure, setSure] = useState(false);
  const command = useCommand(keys.authority(view.id));
  const made = heirs(view, token.id);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void command.run(() => api.authority.revoke(view.id, token.id, reason.trim()), onClose);
  };
  return (
    <Modal open onClose={onClose} title={`Revoke ${token.id}`}>
      <form className="modal-body" onSubmit={submit}>
        <p>
          A revocation cannot be undone. From its entry on the token allows nothing
          {made.length === 0 ? "." : `, nor do the ${made.length} made from it: ${made.join(", ")}.`}
          {token.presentedBy.length === 0
            ? ""
            : ` ${token.presentedBy.join(", ")} shows it now and will be refused.`}
        </p>
        <label className="field">
          <span>Reason, for the record</span>
          <input
            className="input"
            required
            maxLength={1000}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        </label>
        <label className="check">
          <input type="checkbox" checked={sure} onChange={({ target }) => setSure(target.checked)} />I know
          that it cannot be undone
        </label>
        <DialogFooter
          danger
          command={command}
          action="Revoke for good"
          disabled={!sure || reason.trim() === ""}
          onClose={onClose}
        />
      </form>
    </Modal>
  );
};
