import type { AuthorityDetail, CeremonyView } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { RuntimeSelect } from "../admission/runtime-select.tsx";
import "../admission/admission.css";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { DialogFooter } from "../ui/dialog-footer.tsx";
import { Modal } from "../ui/modal.tsx";
import { LoadingState } from "../ui/states.tsx";
import { useCommand } from "../ui/use-command.ts";
import { CandidatesPreview, useCandidates } from "./candidates-preview.tsx";
import { kindWords } from "./ceremony-words.ts";
import {
  asksDevices,
  formProblem,
  initialForm,
  kinds,
  requestOf,
  type StartForm,
  thresholdOf,
} from "./start-form.ts";

interface PartProps {
  readonly form: StartForm;
  readonly set: (part: Partial<StartForm>) => void;
  readonly authorities: readonly AuthorityDetail[];
}

const What = ({ form, set, authorities }: PartProps) => {
  const contexts =
    useQuery({ queryKey: keys.contexts, queryFn: () => api.contexts.list() }).data?.items ?? [];
  return (
    <>
      <div className="cer-fields">
        <label className="field">
          <span>Kind</span>
          <select
            className="input"
            value={form.kind}
            onChange={({ target }) => {
              const kind = kinds.find((one) => one === target.value) ?? form.kind;
              const as = asksDevices(kind) ? "device" : "guardian";
              set({ kind, ...(as === form.as ? {} : { as, chosen: new Set(), threshold: "" }) });
            }}
          >
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {kindWords(kind)}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>Begun by</span>
          <select
            className="input"
            value={form.initiator}
            onChange={({ target }) => set({ initiator: target.value })}
          >
            {authorities.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </div>
      <label className="field">
        <span>Title</span>
        <input
          className="input"
          maxLength={200}
          value={form.title}
          placeholder={kindWords(form.kind)}
          onChange={({ target }) => set({ title: target.value })}
        />
      </label>
      <label className="field">
        <span>Context it is decided in</span>
        <select
          className="input"
          value={form.context}
          onChange={({ target }) => set({ context: target.value })}
        >
          <option value="">A new one of those who take part</option>
          {contexts.map(({ id, title, session }) => (
            <option key={id} value={id}>
              {title}
              {session === null ? "" : ` (session ${session})`}
            </option>
          ))}
        </select>
      </label>
    </>
  );
};

const Who = ({ form, set, authorities }: PartProps) => {
  const options =
    form.as === "device"
      ? authorities.flatMap(({ devices }) => devices)
      : authorities.map(({ id, name }) => ({ id, name }));
  const toggle = (id: string, on: boolean): void => {
    const chosen = new Set(form.chosen);
    if (on) chosen.add(id);
    else chosen.delete(id);
    set({ chosen });
  };
  return (
    <fieldset className="cap-picker">
      <legend>Who is asked</legend>
      <label className="field">
        <span>Asked as</span>
        <select
          className="input"
          value={form.as}
          onChange={({ target }) =>
            set({ as: target.value === "device" ? "device" : "guardian", chosen: new Set(), threshold: "" })
          }
        >
          <option value="guardian">guardians, each by its authority</option>
          <option value="device">devices, each for itself</option>
        </select>
      </label>
      <div className="cap-list">
        {options.map(({ id, name }) => (
          <label key={id}>
            <input
              type="checkbox"
              checked={form.chosen.has(id)}
              onChange={({ target }) => toggle(id, target.checked)}
            />
            {name}
          </label>
        ))}
      </div>
      <label className="field">
        <span>
          Threshold: how many of {form.chosen.size} have to accept; empty is more than half,{" "}
          {thresholdOf({ ...form, threshold: "" })}
        </span>
        <input
          className="input"
          inputMode="numeric"
          value={form.threshold}
          onChange={({ target }) => set({ threshold: target.value })}
        />
      </label>
    </fieldset>
  );
};

interface StartProps {
  readonly onClose: () => void;
  readonly onStarted: (ceremony: CeremonyView) => void;
}

const Form = ({
  authorities,
  onClose,
  onStarted,
}: StartProps & { readonly authorities: readonly AuthorityDetail[] }) => {
  const [form, setForm] = useState(() => initialForm(authorities));
  const set = (part: Partial<StartForm>): void => setForm((before) => ({ ...before, ...part }));
  const command = useCommand(keys.ceremonies, keys.contexts);
  const candidates = useCandidates(form);
  const problem = formProblem(form);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const ids = candidates.data?.items.map(({ ceremony }) => ceremony.id) ?? [];
    void command.run(() => api.ceremonies.start(requestOf(form, ids)), onStarted);
  };
  return (
    <form className="modal-body" onSubmit={submit}>
      <What form={form} set={set} authorities={authorities} />
      <Who form={form} set={set} authorities={authorities} />
      <label className="field">
        <span>What it does, as JSON; its hash is signed</span>
        <textarea
          className="input mono"
          rows={2}
          placeholder='{"guardians":["bea","chan","dee"]}'
          value={form.operation}
          onChange={({ target }) => set({ operation: target.value })}
        />
      </label>
      <RuntimeSelect
        label="Runtime that makes and uses the shared key"
        value={form.runtime}
        onValue={(runtime) => set({ runtime })}
      />
      <CandidatesPreview form={form} query={candidates} onKept={(kept) => set({ kept })} />
      {problem === undefined ? null : (
        <p className="problem-note" role="status">
          {problem}
        </p>
      )}
      <DialogFooter
        command={command}
        action={command.busy ? "Making the shared key …" : "Start"}
        disabled={problem !== undefined}
        onClose={onClose}
      />
    </form>
  );
};

/** Begins a ceremony: what, who, how many; and, before anything is begun, whose place it would take and why. */
export const StartDialog = (props: StartProps) => {
  const { data } = useQuery({ queryKey: keys.authorities, queryFn: () => api.authorities() });
  return (
    <Modal open onClose={props.onClose} title="Start a ceremony" wide>
      {data ? <Form authorities={data.items} {...props} /> : <LoadingState what="the authorities" />}
    </Modal>
  );
};
