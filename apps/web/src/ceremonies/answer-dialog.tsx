import type { CeremonyParticipant, CeremonyView } from "@parley/wire/http";
import { type FormEvent, useState } from "react";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { DialogFooter } from "../ui/dialog-footer.tsx";
import { Modal } from "../ui/modal.tsx";
import { useCommand } from "../ui/use-command.ts";

interface AnswerProps {
  readonly view: CeremonyView;
  readonly participant: CeremonyParticipant;
  readonly accept: boolean;
  readonly onClose: () => void;
}

/** Answers for a participant, and says that this is recorded as done for them. */
export const AnswerDialog = ({ view, participant, accept: first, onClose }: AnswerProps) => {
  const [accept, setAccept] = useState(first);
  const [reason, setReason] = useState("");
  const [operation, setOperation] = useState("");
  const command = useCommand(keys.ceremonies);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void command.run(
      () =>
        api.ceremonies.answer(view.id, {
          participant: participant.participant,
          accept,
          ...(reason.trim() === "" ? {} : { reason: reason.trim() }),
          ...(operation === "" ? {} : { operation }),
        }),
      onClose,
    );
  };
  return (
    <Modal open onClose={onClose} title={`Answer as ${participant.name}`}>
      <form className="modal-body" onSubmit={submit}>
        <p className="quiet">
          You act for {participant.name} as the operator of the studio: the answer is recorded as theirs, and
          that you gave it for them.
        </p>
        <fieldset className="cer-either">
          <legend className="visually-hidden">Answer</legend>
          <label className="check">
            <input type="radio" name="accept" checked={accept} onChange={() => setAccept(true)} />
            approve
          </label>
          <label className="check">
            <input type="radio" name="accept" checked={!accept} onChange={() => setAccept(false)} />
            refuse
          </label>
        </fieldset>
        <label className="field">
          <span>Reason, for the record</span>
          <input
            className="input"
            maxLength={1000}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        </label>
        <details>
          <summary>Answer to another operation</summary>
          <label className="field">
            <span>Its hash. It is refused, and kept as evidence if two things were said.</span>
            <input
              className="input mono"
              pattern="[0-9a-f]{64}"
              value={operation}
              placeholder={view.operation}
              onChange={({ target }) => setOperation(target.value)}
            />
          </label>
        </details>
        <DialogFooter
          command={command}
          danger={!accept}
          action={`${accept ? "Approve" : "Refuse"} as ${participant.name}`}
          onClose={onClose}
        />
      </form>
    </Modal>
  );
};
