import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Modal } from "../../ui/modal.tsx";
import { useOpenSession } from "../session-context.ts";
import { forkWith, useInterventions } from "./use-interventions.ts";

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Before a session that is no branch is harmed: here, or rather in a branch. */
const ConfirmHarm = () => {
  const session = useOpenSession();
  const asked = useInterventions((state) => state.asked);
  const close = (): void => useInterventions.setState({ asked: undefined });
  if (asked === undefined) return null;
  return (
    <Modal open onClose={close} title={`${capital(asked.words)}?`}>
      <div className="modal-body">
        <p>
          {session.data.head.title} is no branch: what is done here stays in its log and cannot be taken back.
          A branch leaves it as it is.
        </p>
        <div className="modal-actions">
          <Button onClick={close}>Leave it</Button>
          <Button
            variant="danger"
            onClick={() => {
              close();
              session.commands.apply(asked.inputs, asked.words);
            }}
          >
            Inject here
          </Button>
          <Button
            variant="primary"
            icon="fork"
            onClick={() => {
              close();
              forkWith(session, asked);
            }}
          >
            Fork and inject
          </Button>
        </div>
      </div>
    </Modal>
  );
};

const endings = {
  cancel: {
    title: "Cancel the session?",
    does: "Every role ends where it stands, what is on its way is let go, and the reason stays in the log.",
    yes: "Cancel for good",
  },
  close: {
    title: "Close the session?",
    does: "Every role ends where it stands and what is on its way is let go.",
    yes: "Close for good",
  },
} as const;

/** Before a session ends by hand. */
const ConfirmEnd = () => {
  const { commands } = useOpenSession();
  const ending = useInterventions((state) => state.ending);
  const [reason, setReason] = useState("");
  const close = (): void => useInterventions.setState({ ending: undefined });
  if (ending === undefined) return null;
  const { title, does, yes } = endings[ending];
  const end = (): void => {
    close();
    if (ending === "close") commands.apply([{ kind: "close" }], "the session is closed");
    else
      commands.apply(
        [{ kind: "cancel", reason: reason.trim() === "" ? "by hand" : reason.trim() }],
        "the session is cancelled",
      );
  };
  return (
    <Modal open onClose={close} title={title}>
      <div className="modal-body">
        <p>
          {does} <strong>This cannot be undone.</strong> It can still be read, and forked at any position.
        </p>
        {ending === "cancel" ? (
          <label className="field">
            <span>Reason</span>
            <input
              className="input"
              value={reason}
              maxLength={1000}
              placeholder="by hand"
              onChange={({ target }) => setReason(target.value)}
            />
          </label>
        ) : null}
        <div className="modal-actions">
          <Button onClick={close}>Keep it open</Button>
          <Button variant="danger" onClick={end}>
            {yes}
          </Button>
        </div>
      </div>
    </Modal>
  );
};

/** What is asked before something that cannot be taken back. */
export const ConfirmDialogs = () => (
  <>
    <ConfirmHarm />
    <ConfirmEnd />
  </>
);
