import type { SearchRequest, SearchResult } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api } from "../../api/api.ts";
import { Button } from "../../ui/button.tsx";
import { Modal } from "../../ui/modal.tsx";
import { problemOf } from "../../ui/states.tsx";
import { useOpenSession } from "../session-context.ts";
import { PredicateHelp } from "./watch-panel.tsx";

const strategies = [
  { id: "breadth", label: "Breadth first: the shortest way" },
  { id: "depth", label: "Depth first" },
  { id: "random", label: "Seeded random" },
  { id: "best", label: "Best first, by a score" },
] as const;
type Kind = (typeof strategies)[number]["id"];

interface Form {
  readonly goal: string;
  readonly kind: Kind;
  readonly seed: string;
  readonly score: string;
  readonly states: string;
  readonly depth: string;
}

const empty: Form = {
  goal: "",
  kind: "breadth",
  seed: "1",
  score: "inFlight()",
  states: "2000",
  depth: "100",
};

const whole = (text: string, most: number): number =>
  Math.min(most, Math.max(1, Math.trunc(Number(text)) || 1));

const strategyOf = ({ kind, seed, score }: Form): NonNullable<SearchRequest["strategy"]> => {
  switch (kind) {
    case "random":
      return { kind, seed: Math.max(0, Math.trunc(Number(seed)) || 0) };
    case "best":
      return { kind, score };
    default:
      return { kind };
  }
};

const requestOf = (form: Form, at: number): SearchRequest => ({
  at,
  goal: form.goal,
  strategy: strategyOf(form),
  maxStates: whole(form.states, 20_000),
  maxDepth: whole(form.depth, 1_000),
});

const outcomeWords = ({ outcome, states, depth }: SearchResult): string => {
  const seen = `${states} states, ${depth} decisions deep`;
  switch (outcome) {
    case "found":
      return `Found (${seen}).`;
    case "exhausted":
      return `There is no such state: every run was looked at (${seen}).`;
    case "bounded":
      return `Not found within the bounds (${seen}).`;
    case "cancelled":
      return `Stopped (${seen}).`;
  }
};

const Found = ({ result, onOpen }: { readonly result: SearchResult; readonly onOpen: () => void }) => (
  <div className="search-result" role="status" aria-label="Result of the search">
    <p>{outcomeWords(result)}</p>
    {result.inputs === null ? null : (
      <>
        <ol aria-label="The way there">
          {result.steps.map((step, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a path never changes.
            <li key={index}>{step}</li>
          ))}
        </ol>
        {result.steps.length === 0 ? (
          <p className="quiet-note">Nobody has to decide anything on the way.</p>
        ) : null}
        {result.confirmed ? null : (
          <p className="bad-note">Tried on a copy these steps did not lead there; a fork ends up nearby.</p>
        )}
        <Button variant="primary" icon="fork" onClick={onOpen}>
          Open as session
        </Button>
      </>
    )}
    {result.stuck === null ? null : (
      <p className="bad-note">
        On the way a state was met in which nobody can go on: {result.stuck.join(", ") || "right here"}.
      </p>
    )}
  </div>
);

const PROGRESS_MS = 300;

const useSearch = (id: string) => {
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<SearchResult>();
  const [error, setError] = useState<unknown>();
  const progress = useQuery({
    queryKey: ["session", id, "search"],
    queryFn: () => api.sessions.searchProgress(id),
    enabled: busy,
    refetchInterval: PROGRESS_MS,
    staleTime: 0,
  }).data;
  const run = async (request: SearchRequest): Promise<void> => {
    setBusy(true);
    setResult(undefined);
    setError(undefined);
    try {
      setResult(await api.sessions.search(id, request));
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  };
  const cancel = (): void => void api.sessions.cancelSearch(id).catch(() => undefined);
  return { busy, result, error, progress, run, cancel };
};

const Strategy = ({ form, set }: { readonly form: Form; readonly set: (part: Partial<Form>) => void }) => (
  <div className="search-row">
    <label className="field">
      <span>Order</span>
      <select
        className="input"
        value={form.kind}
        onChange={({ target }) =>
          set({ kind: strategies.find(({ id }) => id === target.value)?.id ?? "breadth" })
        }
      >
        {strategies.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
    </label>
    {form.kind === "random" ? (
      <label className="field">
        <span>Seed</span>
        <input
          className="input"
          inputMode="numeric"
          value={form.seed}
          onChange={({ target }) => set({ seed: target.value })}
        />
      </label>
    ) : null}
    {form.kind === "best" ? (
      <label className="field">
        <span>Score, smallest first</span>
        <input
          className="input mono"
          value={form.score}
          onChange={({ target }) => set({ score: target.value })}
        />
      </label>
    ) : null}
    <label className="field">
      <span>States at most</span>
      <input
        className="input"
        inputMode="numeric"
        value={form.states}
        onChange={({ target }) => set({ states: target.value })}
      />
    </label>
    <label className="field">
      <span>Decisions at most</span>
      <input
        className="input"
        inputMode="numeric"
        value={form.depth}
        onChange={({ target }) => set({ depth: target.value })}
      />
    </label>
  </div>
);

const Body = ({ onClose }: { readonly onClose: () => void }) => {
  const { data, commands } = useOpenSession();
  const { id, view } = data;
  const [form, setForm] = useState(empty);
  const set = (part: Partial<Form>): void => setForm((before) => ({ ...before, ...part }));
  const { busy, result, error, progress, run, cancel } = useSearch(id);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run(requestOf(form, view.at));
  };
  const open = (): void => {
    if (!result?.inputs) return;
    onClose();
    commands.forkWith(result.at, result.inputs, `Way to ${form.goal}`.slice(0, 200));
  };
  return (
    <form className="modal-body search-form" onSubmit={submit}>
      <label className="field">
        <span>Look from position {view.at} for a state in which this holds</span>
        <input
          className="input mono"
          value={form.goal}
          maxLength={2000}
          placeholder="sent(Order) >= 2 && !Buyer.done"
          autoComplete="off"
          spellCheck={false}
          aria-invalid={error ? true : undefined}
          onChange={({ target }) => set({ goal: target.value })}
        />
      </label>
      <PredicateHelp />
      <Strategy form={form} set={set} />
      {error ? (
        <p className="bad-note" role="alert">
          {problemOf(error).text}
        </p>
      ) : null}
      {busy ? (
        <p role="status">
          <progress aria-label="Search" /> {progress?.states ?? 0} states, {progress?.depth ?? 0} decisions
          deep
        </p>
      ) : null}
      {result ? <Found result={result} onOpen={open} /> : null}
      <div className="modal-actions">
        {busy ? (
          <Button onClick={cancel}>Stop</Button>
        ) : (
          <Button variant="quiet" onClick={onClose}>
            Close
          </Button>
        )}
        <Button type="submit" icon="search" disabled={busy || form.goal.trim() === ""}>
          Search
        </Button>
      </div>
    </form>
  );
};

/** Looks through the runs that may follow for a state, and opens the way there as a session. */
export const SearchDialog = ({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) => (
  <Modal open={open} onClose={onClose} title="Search the runs from here" wide>
    {open ? <Body onClose={onClose} /> : null}
  </Modal>
);
