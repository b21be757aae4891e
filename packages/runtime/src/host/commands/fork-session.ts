import type { ForkPin, SessionInput, WorkspaceInput } from "@parley/wire";
import type { ForkRequest, SessionView } from "@parley/wire/http";
import { type ForkBase, loadForkBase } from "../authority/fork-base.ts";
import { UnitBook } from "../authority/unit-book.ts";
import type { Caller } from "../caller.ts";
import { type HostCore, WORKSPACE } from "../core.ts";
import { type HostError, type Result, refused } from "../host-error.ts";
import { type Asked, workspacePart } from "../ledger/append.ts";
import { foldSession, forkPinOf } from "../ledger/fold-session.ts";
import { newId } from "../new-id.ts";
import { liveGather } from "../session/gather.ts";
import { cloneSession, forkSession } from "../session/open-session.ts";
import { type SessionEntry, sessionEntry } from "../session/session-entry.ts";
import type { SessionState } from "../session/session-state.ts";
import { readView } from "../views/read-view.ts";
import { runCommand } from "./command.ts";
import { liveSession } from "./inputs.ts";
import { applyAll, cellPart, newCellFor } from "./session-unit.ts";
import { inputFromJson } from "./values.ts";

/** The stream whose own log holds a position: a fork of a what-if's prefix is a fork of the parent. */
const ownerOf = async (core: HostCore, id: string, at: number): Promise<string> => {
  const [first] = await core.store.read(id, 0, 1);
  const fork = forkPinOf(first);
  return fork !== undefined && at <= fork.at ? ownerOf(core, fork.parent, at) : id;
};

const nothing = { rounds: undefined, reads: [], events: [], facts: [] } as const;

/** The inputs a fork begins with. */
const changesOf = ({ change }: ForkRequest): readonly SessionInput[] =>
  (change === undefined ? [] : Array.isArray(change) ? change : [change]).map(inputFromJson);

/** Applies a fork's first inputs to its state. */
const begin = (
  core: HostCore,
  state: SessionState,
  changes: readonly SessionInput[],
  by: { readonly base: ForkBase | undefined; readonly asked: Asked },
): { readonly entries: readonly SessionEntry[] } | { readonly error: HostError } => {
  const book = new UnitBook(core, state, { context: undefined, base: by.base });
  const gather = liveGather(core.guards, book.hooks());
  return applyAll(state, changes, { core, gather, book, asked: by.asked });
};

/**
 * A what-if at a durable position (model §1.6): a session of its own whose
 * prefix is read through the parent. Its first own position is `at + 1`; what
 * it is to do differently follows in the same commit, or nothing is forked.
 */
export const forkHostedSession = (
  core: HostCore,
  caller: Caller,
  id: string,
  request: ForkRequest,
): Promise<Result<SessionView>> =>
  runCommand<SessionView, { readonly id: string; readonly at: number }>(core, caller, {
    name: "fork",
    request: [id, request],
    restore: (receipt) => readView(core, receipt.id, receipt.at),
    run: async (idempotency) => {
      const live = await liveSession(core, id);
      if (!live.ok) return live;
      const actual = live.cell.durable;
      const { at, expectedHead } = request;
      if (expectedHead !== undefined && expectedHead !== actual)
        return refused({ code: "PAR7002", kind: "stale-head", session: id, expected: expectedHead, actual });
      if (at > actual) return refused({ code: "PAR7013", kind: "bad-position", at, head: actual });
      const commit = await core.store.lastCommit();
      const owner = await ownerOf(core, id, at);
      const folded = await foldSession(core.store, owner, at);
      const record = core.workspace.tentative.sessions.get(id);
      if (!folded.ok || record === undefined)
        return refused({ code: "PAR7001", kind: "not-found", what: "session", id });
      const parent = folded.state;
      const base =
        core.authority === undefined ? undefined : await loadForkBase(core, owner, commit, parent.pin.seats);
      const stream = newId(core.random, "ses");
      const title = request.title ?? `What if at ${at}`;
      const pin: ForkPin = {
        kind: "fork",
        stream,
        title,
        parent: owner,
        at,
        parentHash: parent.hash,
        commit,
      };
      const state = forkSession(parent, pin);
      const asked = { actor: caller.actor, key: caller.key, now: core.clock.now() };
      const changes = changesOf(request);
      const by = { base, asked };
      const tried = changes.length === 0 ? undefined : begin(core, cloneSession(state), changes, by);
      if (tried !== undefined && "error" in tried) return refused(tried.error);
      const registered: WorkspaceInput = {
        kind: "session.registered",
        id: stream,
        protocol: record.protocol,
        version: record.version,
        parent: owner,
        at,
      };
      const register = workspacePart(core, [registered], asked);
      const effects = (register?.entries ?? []).map(({ entry }) => ({ stream: WORKSPACE, seq: entry.seq }));
      const entry = sessionEntry(state, pin, nothing, { ...asked, effects });
      const begun = begin(core, state, changes, by);
      if ("error" in begun) throw new Error(`a change that was accepted is refused: ${begun.error.kind}`);
      const cell = newCellFor(core, state);
      const row = idempotency({ id: stream, at: state.position });
      const parts = [cellPart(core, cell, [entry, ...begun.entries]), register].filter(
        (part) => part !== undefined,
      );
      const written = await core.writer.write({ parts, ...(row === undefined ? {} : { idempotency: row }) });
      return written.ok ? readView(core, stream) : written;
    },
  });
