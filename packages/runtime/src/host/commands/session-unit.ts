import type { SessionInput } from "@parley/wire";
import { plan } from "../../machine/plan.ts";
import type { ForkBase } from "../authority/fork-base.ts";
import { noteDenied } from "../authority/note-denied.ts";
import { UndecidedToken } from "../authority/undecided-token.ts";
import { UnitBook } from "../authority/unit-book.ts";
import { abortWithSession, forgettingCeremony } from "../ceremonies/abort-with-session.ts";
import type { HostCore } from "../core.ts";
import { tellReleased } from "../handover/tell-released.ts";
import type { HostError } from "../host-error.ts";
import type { Asked } from "../ledger/append.ts";
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
import type { SessionState } from "../session/session-state.ts";
import { sessionStatus } from "../session/session-status.ts";
import { dueTimers, isRunning, timerActor } from "../session/session-timers.ts";
import type { ContextState } from "../streams/context-state.ts";

/** A session in memory, with the context it adds to or, for a what-if, what it stands on. */
export interface Live {
  readonly cell: SessionCell;
  /** Absent for a what-if, which adds to no stream but its own. */
  readonly context: Cell<ContextState> | undefined;
  readonly base: ForkBase | undefined;
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
  context: {
    readonly core: Pick<HostCore, "authorities" | "workspace">;
    readonly gather: Gather;
    readonly book: UnitBook;
    readonly asked: Asked;
  },
): { readonly entries: SessionEntry[] } | { readonly error: HostError } => {
  const entries: SessionEntry[] = [];
  const { actor, key, now } = context.asked;
  const apply = (input: SessionInput, at: number, by: Pick<Asked, "actor" | "key">): void => {
    const was = sessionStatus(state.machine);
    const applied = applyInput(state, input, at, context.gather);
    countUnattended(state, by.actor);
    if (was !== sessionStatus(state.machine)) {
      tellReleased(context.core, state, context.book);
      abortWithSession(context.core, state, context.book, { input, asked: { ...by, now } });
    }
    const effects = context.book.effectsOf(state, applied.facts);
    entries.push(sessionEntry(state, input, applied, { actor: by.actor, key: by.key, effects }));
  };
  for (const input of inputs) {
    const at = timeOf(state, input, now);
    const error = checkInput(state, input, at, (denied) => context.gather.retry(state, denied) !== undefined);
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
 * `before` adds what goes to other streams with the first input.
 */
export const sessionUnit = (
  core: HostCore,
  live: Live,
  inputs: readonly SessionInput[],
  asked: Asked,
  before?: (book: UnitBook) => void,
): SessionUnit => {
  const { cell } = live;
  // One input is checked before anything changes; of several, a later one may be refused.
  const state = inputs.length > 1 ? cloneSession(cell.state) : cell.state;
  const from = state.position + 1;
  const book = new UnitBook(core, state, live);
  const gather = liveGather(core.guards, book.hooks());
  let done: ReturnType<typeof applyAll>;
  try {
    before?.(book);
    done = applyAll(state, inputs, { core, gather, book, asked });
  } catch (bug) {
    cell.dropped = true;
    core.sessions.drop(cell.stream);
    if (bug instanceof UndecidedToken) {
      const { authority, device, capability } = bug;
      return {
        ok: false,
        error: { code: "PAR7785", kind: "token-undecided", authority, device, capability },
      };
    }
    throw bug;
  }
  if ("error" in done) return { ok: false, error: done.error };
  cell.state = state;
  const parts = [cellPart(core, cell, done.entries), ...book.parts(asked)];
  const { position: to } = state;
  return {
    ok: true,
    parts: book.tells("ceremony.aborted") ? forgettingCeremony(core, cell.stream, parts) : parts,
    from,
    to,
  };
};

/** Whether an `advance` would do anything now: somebody can run, or was denied for something that has changed. */
export const canAdvance = (core: HostCore, live: Live): boolean => {
  const { state } = live.cell;
  if (plan(state.machine).kind === "run") return true;
  if (state.denials.length === 0) return false;
  const hooks = new UnitBook(core, state, live).hooks();
  return state.denials.some((denied) => hooks?.retry(state, denied) !== undefined);
};

/** The part that writes a cell's new entries; keeps a snapshot when one is due. */
export const cellPart = (core: HostCore, cell: SessionCell, entries: readonly SessionEntry[]): UnitPart => {
  const snapshot = snapshotOf(cell.state, cell.state.pin.semantics);
  return sessionPart(cell, entries, cell.state.position, {
    settled: () => {
      noteDeadline(core.deadlines, cell.state);
      noteDenied(core.denied, cell.state);
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
