import type { HandoffStage } from "@parley/wire";
import type { Delegated, DelegationPreview, OwnershipView } from "@parley/wire/http";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { useNames } from "../ceremonies/ceremony-data.ts";
import { useReconfiguration } from "../reconfiguration/reconfiguration-data.ts";
import { UpgradeFields } from "../reconfiguration/upgrade-fields.tsx";
import { initialUpgrade, type UpgradeForm, upgradeOf } from "../reconfiguration/upgrade-form.ts";
import { Button } from "../ui/button.tsx";
import { DialogFooter } from "../ui/dialog-footer.tsx";
import { Modal } from "../ui/modal.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { type Command, useCommand } from "../ui/use-command.ts";
import { type DelegateForm, delegationOf, initialDelegation, presentedKey } from "./delegate-form.ts";
import { staleWords } from "./ownership-data.ts";
import { PreviewView } from "./preview-view.tsx";
import { FailureChoice, FailureTried } from "./try-failure.tsx";
import { useRehearsal } from "./use-rehearsal.ts";

interface DialogProps {
  readonly view: OwnershipView;
  /** Whoever it goes to first. */
  readonly to?: string | undefined;
  /** Whoever presents themselves first: a node of the lineage. */
  readonly presented?: string | undefined;
  readonly onClose: () => void;
  readonly onDone: (done: Delegated) => void;
}

interface FieldsProps {
  readonly view: OwnershipView;
  readonly form: DelegateForm;
  readonly set: (part: Partial<DelegateForm>) => void;
}

const Sides = ({ view, form, set }: FieldsProps) => {
  const people = useQuery({ queryKey: keys.authorities, queryFn: () => api.authorities() }).data?.items ?? [];
  return (
    <div className="cer-fields own-fields">
      <label className="field">
        <span>Presented by</span>
        <select
          className="input"
          value={form.presented}
          onChange={({ target }) => set({ presented: target.value })}
        >
          {view.lineage.nodes.map((node) => (
            <option key={node.id} value={presentedKey(node)}>
              {node.name}, generation {node.generation}
              {node.current ? "" : " (former)"}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>To</span>
        <select className="input" value={form.to} onChange={({ target }) => set({ to: target.value })}>
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
};

const scopes = ["piece", "whole", "session", "fragments"] as const;

const Place = ({ view, form, set }: FieldsProps) => {
  const bundles = useReconfiguration().data?.bundles ?? [];
  const contexts =
    useQuery({ queryKey: keys.contexts, queryFn: () => api.contexts.list() }).data?.items ?? [];
  const others = bundles.filter(({ id }) => !view.bundles.includes(id));
  return (
    <div className="cer-fields own-fields">
      <label className="field">
        <span>Bundle</span>
        <select
          className="input"
          value={form.bundle}
          onChange={({ target }) => set({ bundle: target.value })}
        >
          {view.bundles.map((id) => (
            <option key={id}>{id}</option>
          ))}
          {others.length === 0 ? null : (
            <optgroup label="without this protocol">
              {others.map(({ id }) => (
                <option key={id}>{id}</option>
              ))}
            </optgroup>
          )}
        </select>
      </label>
      <label className="field">
        <span>Scope</span>
        <select
          className="input"
          value={form.scope}
          onChange={({ target }) =>
            set({
              scope: scopes.find((one) => one === target.value) ?? "piece",
            })
          }
        >
          <option value="piece">the piece of the bundle</option>
          {form.back === null ? null : <option value="whole">all of it, back whole</option>}
          <option value="session">the whole session</option>
          <option value="fragments">fragments …</option>
        </select>
      </label>
      {form.scope === "fragments" ? (
        <label className="field">
          <span>Fragments, with commas</span>
          <input
            className="input mono"
            value={form.keys}
            onChange={({ target }) => set({ keys: target.value })}
          />
        </label>
      ) : null}
      <label className="field">
        <span>Context that keeps the fact</span>
        <select
          className="input"
          value={form.context}
          onChange={({ target }) => set({ context: target.value })}
        >
          <option value="">the session's own</option>
          {contexts.map(({ id, title }) => (
            <option key={id} value={id}>
              {title} ({id})
            </option>
          ))}
        </select>
      </label>
    </div>
  );
};

const Upgrade = ({ form, set }: Pick<FieldsProps, "form" | "set">) => {
  const data = useReconfiguration().data;
  const runtime = data?.bundles.find(({ id }) => id === form.bundle)?.runtime;
  const active = runtime?.active_members ?? [];
  const [filled, setFilled] = useState<UpgradeForm>();
  const change = (next: UpgradeForm | undefined): void => {
    setFilled(next);
    set({ upgrade: next && upgradeOf(next) });
  };
  return (
    <>
      <label className="check">
        <input
          type="checkbox"
          checked={filled !== undefined}
          onChange={({ target }) =>
            change(target.checked ? initialUpgrade(active, runtime?.epoch ?? 0) : undefined)
          }
        />
        Upgrade what the bundle runs on, too
      </label>
      {filled ? (
        <UpgradeFields form={filled} set={change} active={active} members={data?.members ?? []} />
      ) : null}
    </>
  );
};

const usePreview = (session: string, form: DelegateForm) => {
  const request = delegationOf(form);
  return useQuery({
    queryKey: [...keys.ownership(session), "preview", JSON.stringify(request)],
    queryFn: () => api.ownership.preview(session, request),
    placeholderData: keepPreviousData,
    staleTime: 0,
    retry: false,
  });
};

const Foot = ({
  command,
  preview,
  stage,
  onClose,
  onAnyway,
}: {
  readonly command: Command;
  readonly preview: DelegationPreview | undefined;
  readonly stage: HandoffStage | undefined;
  readonly onClose: () => void;
  readonly onAnyway: () => void;
}) => {
  const label = stage === undefined ? "Delegate" : "Try the failure";
  return (
    <DialogFooter
      command={command}
      action={command.busy ? "Handing over …" : label}
      disabled={!preview?.allowed}
      onClose={onClose}
    >
      {preview && !preview.allowed ? (
        <Button
          disabled={command.busy}
          title="It is refused; nothing moves, and the audit says that it was tried"
          onClick={onAnyway}
        >
          Try all the same
        </Button>
      ) : null}
    </DialogFooter>
  );
};

/** Sends what the form says: for good, or to fail at a stage. */
const useSend = ({ view, onDone }: DialogProps, form: DelegateForm, head: number) => {
  const [stage, setStage] = useState<HandoffStage>();
  const command = useCommand(keys.ownership(view.session), keys.reconfiguration, ["session", view.session]);
  const { tried, rehearse, clear } = useRehearsal(view.session);
  const request = delegationOf(form);
  const onStage = (next: HandoffStage | undefined): void => {
    setStage(next);
    clear();
    command.clear();
  };
  const send = (): void =>
    void command.run(
      () =>
        stage === undefined
          ? api.ownership.delegate(view.session, { ...request, expectedHead: head })
          : rehearse(stage, request),
      onDone,
    );
  return { stage, onStage, command, tried, send };
};

/** Hands a session over: to whom, at which bundle; what would move and every reason against it come first. */
export const DelegateDialog = (props: DialogProps) => {
  const { view, to, presented, onClose } = props;
  const names = useNames();
  const [form, setForm] = useState(() =>
    initialDelegation(view, to ?? view.rights.find(({ owner }) => !owner)?.authority ?? "", presented),
  );
  const set = (part: Partial<DelegateForm>): void => setForm((before) => ({ ...before, ...part }));
  const { data, error, isPlaceholderData } = usePreview(view.session, form);
  const { stage, onStage, command, tried, send } = useSend(props, form, data?.head ?? view.head);
  const stale = staleWords(view, delegationOf(form).presented);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send();
  };
  return (
    <Modal open onClose={onClose} title={`Delegate to ${names(form.to).name}`} wide>
      <form className="modal-body" onSubmit={submit}>
        <Sides view={view} form={form} set={set} />
        <Place view={view} form={form} set={set} />
        <Upgrade form={form} set={set} />
        {stale === undefined ? null : (
          <p className="problem-note" role="status">
            {stale}
          </p>
        )}
        {data ? (
          <PreviewView preview={data} stale={isPlaceholderData} />
        ) : error ? (
          <ProblemNote error={error} />
        ) : (
          <p className="quiet">Looking what would move …</p>
        )}
        <FailureChoice stage={stage} onStage={onStage} />
        {tried ? <FailureTried tried={tried} /> : null}
        <Foot command={command} preview={data} stage={stage} onClose={onClose} onAnyway={send} />
      </form>
    </Modal>
  );
};
