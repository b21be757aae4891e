import type { CompositionView } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { Button } from "../ui/button.tsx";
import { Modal } from "../ui/modal.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { useCommand } from "../ui/use-command.ts";
import { BuilderRow } from "./builder-rows.tsx";
import {
  type Draft,
  type DraftKind,
  type DraftRow,
  draftProblem,
  draftRequest,
  emptyDraft,
} from "./draft.ts";

const kinds: readonly (readonly [DraftKind, string])[] = [
  ["sequential", "One after the other"],
  ["parallel", "Side by side"],
  ["program", "Program, with effects"],
];

const Settings = ({
  draft,
  set,
}: {
  readonly draft: Draft;
  readonly set: (part: Partial<Draft>) => void;
}) => (
  <div className="cmp-build-fields">
    <label className="field">
      <span>Name</span>
      <input
        className="input"
        value={draft.name}
        maxLength={64}
        onChange={({ target }) => set({ name: target.value })}
      />
    </label>
    <label className="field">
      <span>Phases run</span>
      <select
        className="input"
        value={draft.kind}
        onChange={({ target }) => set({ kind: target.value as DraftKind })}
      >
        {kinds.map(([id, words]) => (
          <option key={id} value={id}>
            {words}
          </option>
        ))}
      </select>
    </label>
    <label className="field">
      <span>Decisions</span>
      <select
        className="input"
        value={draft.decisions}
        onChange={({ target }) => set({ decisions: target.value as Draft["decisions"] })}
      >
        <option value="ask">somebody takes them</option>
        <option value="first">the first label</option>
      </select>
    </label>
    {draft.kind === "parallel" ? (
      <label className="field">
        <span>Given up after, in seconds</span>
        <input
          className="input"
          type="number"
          min={1}
          value={draft.timeout}
          onChange={({ target }) => set({ timeout: Number(target.value) })}
        />
      </label>
    ) : null}
  </div>
);

const fresh = (kind: DraftRow["kind"], count: number): DraftRow => {
  switch (kind) {
    case "phase":
      return { kind, name: `phase ${count + 1}`, protocol: "", undo: "" };
    case "validate":
      return { kind, role: "", capability: "" };
    case "log":
      return { kind, event: "" };
  }
};

interface BuilderProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onStarted: (view: CompositionView) => void;
}

/** Puts a small composition together and starts it; nothing of it runs until it is stepped. */
export const BuilderDialog = ({ open, onClose, onStarted }: BuilderProps) => {
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const command = useCommand(keys.compositions);
  const { data } = useQuery({ queryKey: keys.protocols, queryFn: () => api.protocols.list(), enabled: open });
  const protocols = data?.items ?? [];
  const set = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const add = (kind: DraftRow["kind"]): void =>
    set({ rows: [...draft.rows, fresh(kind, draft.rows.filter((row) => row.kind === "phase").length)] });
  const problem = draftProblem(draft);
  return (
    <Modal open={open} onClose={onClose} title="New composition" wide>
      <form
        className="cmp-build"
        onSubmit={(event) => {
          event.preventDefault();
          if (problem === undefined)
            void command.run(() => api.compositions.start(draftRequest(draft)), onStarted);
        }}
      >
        <Settings draft={draft} set={set} />
        <ol className="cmp-build-rows" aria-label="Steps">
          {draft.rows.map((row, at) => (
            <BuilderRow
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own.
              key={at}
              row={row}
              at={at}
              protocols={protocols}
              onChange={(next) => set({ rows: draft.rows.with(at, next) })}
              onRemove={() => set({ rows: draft.rows.toSpliced(at, 1) })}
            />
          ))}
        </ol>
        <div className="row">
          <Button small icon="plus" onClick={() => add("phase")}>
            Phase
          </Button>
          {draft.kind === "program" ? (
            <>
              <Button small icon="plus" onClick={() => add("validate")}>
                Capability check
              </Button>
              <Button small icon="plus" onClick={() => add("log")}>
                Event
              </Button>
            </>
          ) : null}
        </div>
        <ProblemNote error={command.error} />
        <div className="row cmp-build-end">
          <span className="quiet" role="status">
            {problem ?? ""}
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" disabled={problem !== undefined || command.busy}>
            Start
          </Button>
        </div>
      </form>
    </Modal>
  );
};
