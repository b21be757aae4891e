import type { ScenarioPart } from "@parley/runtime/simulation";
import type { ScenarioDetail } from "@parley/wire/http";
import { type FormEvent, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Modal } from "../ui/modal.tsx";
import { InsertMenu } from "./insert-menu.tsx";

interface ScenarioBarProps {
  readonly items: readonly ScenarioDetail[];
  readonly name: string;
  readonly shipped: boolean;
  /** Nobody has saved it yet. */
  readonly fresh: boolean;
  readonly dirty: boolean;
  readonly onChoose: (name: string) => void;
  readonly onNew: () => void;
  readonly onSave: () => void;
  readonly onSaveAs: (name: string) => Promise<boolean>;
  readonly onDelete: () => void;
  readonly onInsert: (part: ScenarioPart) => void;
  readonly onParameter: () => void;
}

interface SaveAsProps {
  readonly open: boolean;
  readonly name: string;
  readonly onClose: () => void;
  readonly onSave: (name: string) => Promise<boolean>;
}

const SaveAs = ({ open, name, onClose, onSave }: SaveAsProps) => {
  const [wanted, setWanted] = useState(name);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await onSave(wanted.trim())) onClose();
  };
  return (
    <Modal open={open} onClose={onClose} title="Save under another name">
      <form className="modal-body" onSubmit={(event) => void submit(event)}>
        <label className="field">
          <span>Name: letters, digits, dots, hyphens and underscores</span>
          <input
            className="input"
            required
            maxLength={64}
            pattern="[A-Za-z0-9_][A-Za-z0-9._\-]*"
            value={wanted}
            onChange={({ target }) => setWanted(target.value)}
          />
        </label>
        <div className="modal-actions">
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit">
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
};

/** Which scenario is open, and what can be done with its text. */
export const ScenarioBar = (props: ScenarioBarProps) => {
  const { items, name, shipped, fresh, dirty, onChoose, onNew, onSave, onSaveAs, onDelete } = props;
  const [naming, setNaming] = useState(false);
  const own = items.filter((item) => !item.shipped);
  const others = items.filter((item) => item.shipped);
  return (
    <div className="sim-bar">
      <label>
        Scenario{" "}
        <select className="input" value={name} onChange={({ target }) => onChoose(target.value)}>
          {fresh ? <option value={name}>{name} (not saved)</option> : null}
          {own.length === 0 ? null : (
            <optgroup label="Own">
              {own.map((item) => (
                <option key={item.name}>{item.name}</option>
              ))}
            </optgroup>
          )}
          {others.length === 0 ? null : (
            <optgroup label="Comes with the protocol">
              {others.map((item) => (
                <option key={item.name}>{item.name}</option>
              ))}
            </optgroup>
          )}
        </select>
      </label>
      <Button small icon="plus" onClick={onNew}>
        New
      </Button>
      {shipped ? (
        <Button small icon="copy" onClick={() => setNaming(true)}>
          Copy to edit
        </Button>
      ) : (
        <>
          <Button small disabled={!dirty} onClick={onSave}>
            Save
          </Button>
          <Button small variant="quiet" onClick={() => setNaming(true)}>
            Save as …
          </Button>
          <Button small variant="quiet" icon="trash" disabled={fresh} onClick={onDelete}>
            Delete
          </Button>
        </>
      )}
      <InsertMenu disabled={shipped} onInsert={props.onInsert} onParameter={props.onParameter} />
      <span role="status">{shipped ? "Read only" : dirty ? "Not saved" : "Saved"}</span>
      {naming ? (
        <SaveAs open name={`${name}-copy`} onClose={() => setNaming(false)} onSave={onSaveAs} />
      ) : null}
    </div>
  );
};
