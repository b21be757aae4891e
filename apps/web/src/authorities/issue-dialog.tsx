import type { AuthorityView, TokenDetail } from "@parley/wire/http";
import { type FormEvent, useMemo, useState } from "react";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { DialogFooter } from "../ui/dialog-footer.tsx";
import { Modal } from "../ui/modal.tsx";
import { useCommand } from "../ui/use-command.ts";
import { CapabilityPicker } from "./capability-picker.tsx";
import { ContextField } from "./context-field.tsx";

interface IssueProps {
  readonly view: AuthorityView;
  readonly onClose: () => void;
  readonly onIssued: (token: TokenDetail) => void;
}

type ScopeKind = "contexts" | "context" | "storage";

/** Issues a token: for which device, what, where. */
export const IssueDialog = ({ view, onClose, onIssued }: IssueProps) => {
  const names = useMemo(() => [...new Set(view.tokens.flatMap((one) => one.capabilities))].sort(), [view]);
  const [device, setDevice] = useState(view.devices[0]?.id ?? "");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(names));
  const [kind, setKind] = useState<ScopeKind>("contexts");
  const [place, setPlace] = useState("");
  const [present, setPresent] = useState(false);
  const command = useCommand(keys.authority(view.id));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const scope =
      kind === "contexts"
        ? ({ kind } as const)
        : kind === "context"
          ? ({ kind, context: place } as const)
          : ({ kind, path: place } as const);
    void command.run(
      () => api.authority.issue(view.id, { device, capabilities: [...chosen].sort(), scope, present }),
      onIssued,
    );
  };
  return (
    <Modal open onClose={onClose} title={`${view.name} issues a token`} wide>
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
        <CapabilityPicker legend="Capabilities" names={names} chosen={chosen} onChange={setChosen} own />
        <label className="field">
          <span>Scope</span>
          <select
            className="input"
            value={kind}
            onChange={({ target }) => {
              setKind(target.value as ScopeKind);
              setPlace("");
            }}
          >
            <option value="contexts">Every context</option>
            <option value="context">One context</option>
            <option value="storage">A path of the storage</option>
          </select>
        </label>
        {kind === "context" ? <ContextField value={place} onChange={setPlace} /> : null}
        {kind === "storage" ? (
          <label className="field">
            <span>Path</span>
            <input
              className="input"
              required
              value={place}
              onChange={({ target }) => setPlace(target.value)}
            />
          </label>
        ) : null}
        <label className="check">
          <input type="checkbox" checked={present} onChange={({ target }) => setPresent(target.checked)} />
          The device shows it from now on
        </label>
        <DialogFooter command={command} action="Issue" disabled={chosen.size === 0} onClose={onClose} />
      </form>
    </Modal>
  );
};
