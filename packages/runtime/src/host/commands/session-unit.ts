import type { ContextInput, Effect, SessionInput } from "@parley/wire";
import type { HostCore } from "../core.ts";
import type { HostError } from "../host-error.ts";
import { type Asked, contextPart } from "../ledger/append.ts";
import type { Cell } from "../ledger/cell.ts";
import { noteDeadline } from "../ledger/deadline-index.ts";
import { keepSnapshot, snapshotOf } from "../ledger/fold-session.ts";
import { newSessionCell, type SessionCell, sessionPart } from "../ledger/session-cell.ts";
import type { UnitPart } from "../ledger/unit.ts";
import { applyInput } from "../session/apply-input.ts";
import { checkInput } from "../session/check-input.ts";
import { type Gather, liveGather } from "../session/gather.ts";
import { cloneSession } from "../session/open-session.ts";
import { countUnattended } from "../session/session-budget.ts";
import { type SessionEntry, sessionEntry } from "../session/session-entry.ts";
import type { SentFact } from "../session/session-facts.ts";
import type { SessionState } from "../session/session-state.ts";
import { dueTimers, isRunning, timerActor } from "../session/session-timers.ts";
import { type ContextState, contextOf } from "../streams/context-state.ts";

/** Who recorded a fact: the authority in the seat that sent, else the role itself. */
const recorder = (state: SessionState, role: string): string =>
  state.pin.seats.find((seat) => seat.role === role)?.authority ?? role;

/**
 * Where an entry's facts go: a session's to its context stream, a what-if's
 * to its own overlay, which no stream outside the fork ever holds.
 */
export class FactSink {
  readonly inputs: ContextInput[] = [];
  private readonly cell: Cell<ContextState> | undefined;

  constructor(cell: Cell<ContextState> | undefined) {
    this.cell = cell;
  }

  /** The effects of one entry's facts, in order; moves a fork's overlay on. */
  add(state: SessionState, facts: readonly SentFact[]): readonly Effect[] {
    return facts.map(({ fact, role, edgeId }) => {
      if (state.fork !== undefined || this.cell === undefined) {
        state.simulatedFacts += 1;
        return { stream: `simulated:${state.stream}`, seq: state.simulatedFacts };
      }
      const { stream } = state;
      const begun = this.cell.tentative.seq >= 0 || this.inputs.length > 0;
      if (!begun)
        this.inputs.push({ kind: "context.created", stream: contextOf(stream), title: state.pin.title });
      this.inputs.push({ kind: "fact.recorded", fact, by: recorder(state, role), session: stream, edgeId });
      return { stream: contextOf(stream), seq: this.cell.tentative.seq + this.inputs.length };
    });
  }
}

/** Inputs applied to a session, ready to be written; or the first one refused, with nothing changed. */
export type SessionUnit =
  | { readonly ok: true; readonly parts: readonly UnitPart[]; readonly from: number; readonly to: number }
  | { readonly ok: false; readonly error: HostError };

/** Session time of the next entry: the clock's or, on a manual clock, unchanged. */
const timeOf = (state: SessionState, input: SessionInput, now: number): number => {
  if (state.pin.clock === "manual") return input.kind === "clock" ? input.at : state.at;
  return Math.max(state.at, now);
};

/** Applies inputs to a state, in order, until one is refused; the state is then half way and must be let go. */
export const applyAll = (
  state: SessionState,
  inputs: readonly SessionInput[],
  context: { readonly gather: Gather; readonly facts: FactSink; readonly asked: Asked },
): { readonly entries: SessionEntry[] } | { readonly error: HostError } => {
  const entries: SessionEntry[] = [];
  const { actor, key, now } = context.asked;
  const apply = (input: SessionInput, at: number, by: Pick<Asked, "actor" | "key">): void => {
    const applied = applyInput(state, input, at, context.gather);
    countUnattended(state, by.actor);
    const effects = context.facts.add(state, applied.facts);
    entries.push(sessionEntry(state, input, applied, { actor: by.actor, key: by.key, effects }));
  };
  for (const input of inputs) {
    const at = timeOf(state, input, now);
    const error = checkInput(state, input, at);
    if (error !== undefined) return { error };
    apply(input, at, { actor, key });
    if (input.kind !== "clock") continue;
    for (const id of dueTimers(state, at))
      if (isRunning(state, id)) apply({ kind: "timer", id }, at, { actor: timerActor(id) });
  }
  return { entries };
};

/**
 * Applies inputs to a cell, all or none, and builds the unit that writes them.
 * Must be followed by `core.writer.write` in the same turn of the event loop.
 */
export const sessionUnit = (
  core: HostCore,
  cell: SessionCell,
  context: Cell<ContextState>,
  inputs: readonly SessionInput[],
  asked: Asked,
): SessionUnit => {
  // One input is checked before anything changes; of several, a later one may be refused.
  const state = inputs.length > 1 ? cloneSession(cell.state) : cell.state;
  const from = state.position + 1;
  const facts = new FactSink(state.fork === undefined ? context : undefined);
  const gather = liveGather(core.guards);
  let done: ReturnType<typeof applyAll>;
  try {
    done = applyAll(state, inputs, { gather, facts, asked });
  } catch (bug) {
    cell.dropped = true;
    core.sessions.drop(cell.stream);
    throw bug;
  }
  if ("error" in done) return { ok: false, error: done.error };
  cell.state = state;
  const part = cellPart(core, cell, done.entries);
  const recorded = contextPart(contextOf(cell.stream), context, facts.inputs, asked);
  return { ok: true, parts: recorded === undefined ? [part] : [part, recorded], from, to: state.position };
};

/** The part that writes a cell's new entries; keeps a snapshot when one is due. */
export const cellPart = (core: HostCore, cell: SessionCell, entries: readonly SessionEntry[]): UnitPart => {
  const snapshot = snapshotOf(cell.state, cell.state.pin.semantics);
  return sessionPart(cell, entries, cell.state.position, {
    settled: () => {
      noteDeadline(core.deadlines, cell.state);
      if (snapshot !== undefined) void keepSnapshot(core.store, snapshot);
    },
    reverted: () => core.sessions.drop(cell.stream),
  });
};

/** A new session's cell with its entry 0, not yet durable. */
export const newCellFor = (core: HostCore, state: SessionState): SessionCell => {
  const cell = newSessionCell(state, -1);
  core.sessions.add(cell);
  return cell;
};
