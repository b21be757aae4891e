import type { ForkPin, WorkspaceInput } from "@parley/wire";
import type { ForkRequest, SessionView } from "@parley/wire/http";
import type { Caller } from "../caller.ts";
import { type HostCore, WORKSPACE } from "../core.ts";
import { type Result, refused } from "../host-error.ts";
import { workspacePart } from "../ledger/append.ts";
import { foldSession, forkPinOf } from "../ledger/fold-session.ts";
import { newId } from "../new-id.ts";
import { forkSession } from "../session/open-session.ts";
import { sessionEntry } from "../session/session-entry.ts";
import { readView } from "../views/read-view.ts";
import { runCommand } from "./command.ts";
import { liveSession } from "./inputs.ts";
import { cellPart, newCellFor } from "./session-unit.ts";

/** The stream whose own log holds a position: a fork of a what-if's prefix is a fork of the parent. */
const ownerOf = async (core: HostCore, id: string, at: number): Promise<string> => {
  const [first] = await core.store.read(id, 0, 1);
  const fork = forkPinOf(first);
  return fork !== undefined && at <= fork.at ? ownerOf(core, fork.parent, at) : id;
};

const nothing = { rounds: undefined, reads: [], events: [], facts: [] } as const;

/**
 * A what-if at a durable position (model §1.6): a session of its own whose
 * prefix is read through the parent. Its first own position is `at + 1`.
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
      const cell = newCellFor(core, state);
      const row = idempotency({ id: stream, at: state.position });
      const parts = [cellPart(core, cell, [entry]), register].filter((part) => part !== undefined);
      const written = await core.writer.write({ parts, ...(row === undefined ? {} : { idempotency: row }) });
      return written.ok ? readView(core, stream) : written;
    },
  });
