import type { AuthorityView, TokenDetail } from "@parley/wire/http";
import { type FormEvent, type ReactNode, useState } from "react";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { DialogFooter } from "../ui/dialog-footer.tsx";
import { Modal } from "../ui/modal.tsx";
import { useCommand } from "../ui/use-command.ts";
import { when } from "../ui/when.ts";
import { type AttenuateForm, checksOf, emptyForm, localMinute } from "./attenuate-form.ts";
import { attenuationPreview } from "./attenuation-preview.ts";
import { CapabilityPicker } from "./capability-picker.tsx";
import { ContextField } from "./context-field.tsx";

interface PartProps {
  readonly label: string;
  readonly on: boolean;
  readonly onToggle: (on: boolean) => void;
  readonly children: ReactNode;
}

const Part = ({ label, on, onToggle, children }: PartProps) => (
  <div className="att-part">
    <label className="check">
      <input type="checkbox" checked={on} onChange={({ target }) => onToggle(target.checked)} />
      {label}
    </label>
    {on ? children : null}
  </div>
);

const Operation = ({
  value,
  onChange,
}: {
  readonly value: NonNullable<AttenuateForm["operation"]>;
  readonly onChange: (operation: AttenuateForm["operation"]) => void;
}) => (
  <div className="row">
    <label className="field">
      <span>Operation</span>
      <select
        className="input"
        value={value.operation}
        onChange={({ target }) => onChange({ ...value, operation: target.value as "read" | "write" })}
      >
        <option>read</option>
        <option>write</option>
      </select>
    </label>
    <label className="field">
      <span>Prefix of the path</span>
      <input
        className="input"
        value={value.prefix}
        onChange={({ target }) => onChange({ ...value, prefix: target.value })}
      />
    </label>
  </div>
);

const Parts = ({
  token,
  form,
  onChange,
}: {
  readonly token: TokenDetail;
  readonly form: AttenuateForm;
  readonly onChange: (part: Partial<AttenuateForm>) => void;
}) => {
  const allowed = token.allows.filter(({ allowed }) => allowed).map(({ capability }) => capability);
  return (
    <>
      <Part
        label="Only some capabilities"
        on={form.capabilities !== undefined}
        onToggle={(on) => onChange({ capabilities: on ? new Set(allowed) : undefined })}
      >
        <CapabilityPicker
          legend="Still allowed"
          names={allowed}
          chosen={form.capabilities ?? new Set()}
          onChange={(capabilities) => onChange({ capabilities })}
        />
      </Part>
      <Part
        label="Only in one context"
        on={form.context !== undefined}
        onToggle={(on) => onChange({ context: on ? "" : undefined })}
      >
        <ContextField value={form.context ?? ""} onChange={(context) => onChange({ context })} />
      </Part>
      <Part
        label="Only until a moment"
        on={form.expires !== undefined}
        onToggle={(on) => onChange({ expires: on ? localMinute(Date.now() + 3_600_000) : undefined })}
      >
        <label className="field">
          <span>Ends</span>
          <input
            className="input"
            type="datetime-local"
            required
            value={form.expires ?? ""}
            onChange={({ target }) => onChange({ expires: target.value })}
          />
        </label>
      </Part>
      <Part
        label="Only one operation under a prefix"
        on={form.operation !== undefined}
        onToggle={(on) => onChange({ operation: on ? { operation: "read", prefix: "" } : undefined })}
      >
        {form.operation ? (
          <Operation value={form.operation} onChange={(operation) => onChange({ operation })} />
        ) : null}
      </Part>
    </>
  );
};

/** What would no longer be allowed, before it is so. */
const Preview = ({ token, form }: { readonly token: TokenDetail; readonly form: AttenuateForm }) => {
  const { lost, kept, conditions } = attenuationPreview(token.allows, token.scope, checksOf(form), when);
  return (
    <section className="att-preview" aria-label="What will no longer be allowed" aria-live="polite">
      <h3>No longer allowed</h3>
      {lost.length === 0 && conditions.length === 0 ? <p>Nothing is taken away yet.</p> : null}
      {lost.length > 0 ? (
        <p>
          {lost.length} of {lost.length + kept.length} capabilities:{" "}
          <span className="mono">{lost.join(", ")}</span>
        </p>
      ) : null}
      {conditions.map((condition) => (
        <p key={condition}>{condition}</p>
      ))}
      <p className="quiet">The token it is made from stays as it is.</p>
    </section>
  );
};

interface AttenuateProps {
  readonly view: AuthorityView;
  readonly token: TokenDetail;
  readonly onClose: () => void;
  readonly onMade: (token: TokenDetail) => void;
}

/** Makes a narrower token out of one; shows what it will no longer allow. */
export const AttenuateDialog = ({ view, token, onClose, onMade }: AttenuateProps) => {
  const [form, setForm] = useState<AttenuateForm>(emptyForm);
  const [device, setDevice] = useState(token.device);
  const [present, setPresent] = useState(true);
  const command = useCommand(keys.authority(view.id));
  const checks = checksOf(form);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void command.run(() => api.authority.attenuate(view.id, token.id, { checks, device, present }), onMade);
  };
  return (
    <Modal open onClose={onClose} title={`Attenuate ${token.id}`} wide>
      <form className="modal-body" onSubmit={submit}>
        <Parts token={token} form={form} onChange={(part) => setForm({ ...form, ...part })} />
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
        <label className="check">
          <input type="checkbox" checked={present} onChange={({ target }) => setPresent(target.checked)} />
          The device shows it from now on
        </label>
        <Preview token={token} form={form} />
        <DialogFooter command={command} action="Attenuate" disabled={checks.length === 0} onClose={onClose} />
      </form>
    </Modal>
  );
};
