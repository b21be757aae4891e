import type { AuthorityView } from "@parley/wire/http";
import { type ReceiptJson, receiptSchema } from "@parley/wire/http";
import { type FormEvent, useState } from "react";
import { ApiError, api } from "../api/api.ts";
import { Button } from "../ui/button.tsx";
import { flipBit } from "../ui/flip-bit.ts";
import { Modal } from "../ui/modal.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { ReceiptSteps } from "./receipt-steps.tsx";
import { verifyInBrowser } from "./verify-in-browser.ts";

type Steps = Parameters<typeof ReceiptSteps>[0]["steps"];

interface Judged {
  readonly here: Steps | undefined;
  readonly there: "accepted" | undefined;
  readonly error: unknown;
}

const nothing: Judged = { here: undefined, there: undefined, error: undefined };

/** Reads what was pasted. */
const read = (text: string): ReceiptJson => {
  const found = receiptSchema.safeParse(JSON.parse(text));
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw new Error(`This is no receipt: ${issue?.path.join(".")} ${issue?.message}`);
};

/** The steps of a receipt here, and the answer of the server to the same. */
const judge = async (text: string, view: AuthorityView): Promise<Judged> => {
  let here: Steps | undefined;
  try {
    const receipt = read(text);
    const owner =
      receipt.charge.authority === view.id ? view : await api.authority.get(receipt.charge.authority);
    here = (await verifyInBrowser(receipt, owner)).steps;
    await api.guards.check(receipt);
    return { here, there: "accepted", error: undefined };
  } catch (error) {
    if (error instanceof ApiError) return { here, there: undefined, error };
    const detail = error instanceof SyntaxError ? new Error(`This is no JSON: ${error.message}`) : error;
    return { here, there: undefined, error: detail };
  }
};

interface CheckDialogProps {
  readonly view: AuthorityView;
  /** What to begin with. */
  readonly receipt: ReceiptJson | undefined;
  readonly onClose: () => void;
}

/** A receipt from anywhere: pasted, checked step by step here and by the server. */
export const CheckDialog = ({ view, receipt, onClose }: CheckDialogProps) => {
  const [text, setText] = useState(receipt ? JSON.stringify(receipt, undefined, 1) : "");
  const [flips, setFlips] = useState(0);
  const [judged, setJudged] = useState(nothing);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setJudged(nothing);
    void judge(text, view).then(setJudged);
  };
  const flip = (): void => {
    try {
      setText(JSON.stringify(flipBit(JSON.parse(text) as unknown, flips).value, undefined, 1));
      setFlips(flips + 1);
      setJudged(nothing);
    } catch (error) {
      setJudged({ ...nothing, error });
    }
  };
  return (
    <Modal open onClose={onClose} title="Check a receipt" wide>
      <form className="modal-body" onSubmit={submit}>
        <label className="field">
          <span>The receipt, as JSON</span>
          <textarea
            className="input mono"
            rows={8}
            required
            spellCheck={false}
            value={text}
            onChange={({ target }) => {
              setText(target.value);
              setJudged(nothing);
            }}
          />
        </label>
        {judged.here ? <ReceiptSteps steps={judged.here} label="Steps here" /> : null}
        {judged.there ? <p role="status">The server takes it, too.</p> : null}
        <ProblemNote error={judged.error} />
        <div className="modal-actions">
          <Button variant="quiet" onClick={onClose}>
            Close
          </Button>
          <Button onClick={flip} disabled={text === ""}>
            Flip a bit
          </Button>
          <Button variant="primary" type="submit">
            Check
          </Button>
        </div>
      </form>
    </Modal>
  );
};
