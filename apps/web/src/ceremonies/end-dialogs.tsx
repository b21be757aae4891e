import type { CeremonyCard, CeremonyView } from "@parley/wire/http";
import { type FormEvent, useState } from "react";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { DialogFooter } from "../ui/dialog-footer.tsx";
import { Modal } from "../ui/modal.tsx";
import { useCommand } from "../ui/use-command.ts";
import { useCeremonies } from "./ceremony-data.ts";
import { isLive } from "./ceremony-words.ts";

interface EndProps {
  readonly view: CeremonyView;
  readonly onClose: () => void;
}

/** Gives a ceremony up: with a reason, once it is confirmed. */
export const AbortDialog = ({ view, onClose }: EndProps) => {
  const [reason, setReason] = useState("");
  const [sure, setSure] = useState(false);
  const command = useCommand(keys.ceremonies);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void command.run(() => api.ceremonies.abort(view.id, reason.trim()), onClose);
  };
  return (
    <Modal open onClose={onClose} title={`Abort ${view.title}`}>
      <form className="modal-body" onSubmit={submit}>
        <p>
          An aborted ceremony stays aborted: its key is forgotten, epoch {view.pendingEpoch} never counts, and
          the {view.progress.accepted} who accepted will have done so in vain.
        </p>
        <label className="field">
          <span>Reason</span>
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
          that it cannot be taken up again
        </label>
        <DialogFooter
          danger
          command={command}
          action="Abort"
          disabled={!sure || reason.trim() === ""}
          onClose={onClose}
        />
      </form>
    </Modal>
  );
};

const reasons = [
  ["", "as it is: stale where what it stands on moved, else newer"],
  ["newer_request", "a newer request for the same"],
  ["explicit_cancel", "taken back"],
  ["prestate_stale", "what it was begun upon has changed"],
  ["timeout", "its time ran out"],
] as const;
type Reason = (typeof reasons)[number][0];

/** Lets another ceremony take the place of this one: one that is there, or a new one that asks the same. */
export const SupersedeDialog = ({
  view,
  onClose,
  onDone,
}: EndProps & { readonly onDone: (by: CeremonyView) => void }) => {
  const [by, setBy] = useState("");
  const [reason, setReason] = useState<Reason>("");
  const command = useCommand(keys.ceremonies);
  const others: readonly CeremonyCard[] = useCeremonies().data?.items ?? [];
  const fit = others.filter(
    (one) => one.id !== view.id && one.kind === view.kind && one.context === view.context && isLive(one),
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void command.run(
      () =>
        api.ceremonies.supersede(view.id, {
          ...(by === "" ? {} : { by }),
          ...(reason === "" ? {} : { reason: { code: reason } }),
        }),
      onDone,
    );
  };
  return (
    <Modal open onClose={onClose} title={`Supersede ${view.title}`}>
      <form className="modal-body" onSubmit={submit}>
        <label className="field">
          <span>By</span>
          <select className="input" value={by} onChange={({ target }) => setBy(target.value)}>
            <option value="">a new one that asks the same of the same, upon what stands now</option>
            {fit.map(({ id, title, progress }) => (
              <option key={id} value={id}>
                {title} ({progress.accepted} of {progress.required} accepted)
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>Why</span>
          <select
            className="input"
            value={reason}
            onChange={({ target }) => setReason(reasons.find(([id]) => id === target.value)?.[0] ?? "")}
          >
            {reasons.map(([id, words]) => (
              <option key={id} value={id}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <p className="quiet">Answers are not taken over: whoever is asked again answers again.</p>
        <DialogFooter command={command} action="Supersede" onClose={onClose} />
      </form>
    </Modal>
  );
};
