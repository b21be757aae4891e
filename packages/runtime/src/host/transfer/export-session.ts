import type { StoredEntry, StreamKind } from "@parley/wire";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import { forkPinOf } from "../ledger/fold-session.ts";
import type { LogStore } from "../ports.ts";
import { contextOf } from "../streams/context-state.ts";
import { textOf } from "../views/read-view.ts";
import { encodeSessionFile, type FileStream, SESSION_FILE } from "./session-file.ts";

const PAGE = 1_024;

/** Entries 0 to `to` of a stream. */
export const readStream = async (
  store: LogStore,
  stream: string,
  to: number,
): Promise<readonly StoredEntry[]> => {
  const all: StoredEntry[] = [];
  while (all.length <= to) {
    const page = await store.read(stream, all.length, Math.min(PAGE, to + 1 - all.length));
    if (page.length === 0) break;
    all.push(...page);
  }
  return all;
};

const fileStream = (stream: string, kind: StreamKind, entries: readonly StoredEntry[]): FileStream => ({
  stream,
  kind,
  entries: entries.map(({ bytes }) => bytes),
  hashes: entries.map(({ hash }) => hash),
});

/** The last entry of its context that a session's entries name. */
const lastFact = (entries: readonly StoredEntry[], context: string): number =>
  Math.max(
    -1,
    ...entries.flatMap(({ entry }) =>
      entry.effects.filter(({ stream }) => stream === context).map(({ seq }) => seq),
    ),
  );

/**
 * A session as one file: its own log, its parents' as far as it stands on
 * them, the facts they recorded, and the text of its protocol's version with the
 * texts that imports.
 */
export const exportSession = async (core: HostCore, id: string): Promise<Result<Uint8Array>> => {
  const record = core.workspace.durable.sessions.get(id);
  if (record === undefined) return refused({ code: "PAR7001", kind: "not-found", what: "session", id });
  const sessions: FileStream[] = [];
  const contexts: FileStream[] = [];
  let stream = id;
  let to = (await core.store.head(id))?.seq ?? -1;
  for (;;) {
    const entries = await readStream(core.store, stream, to);
    sessions.unshift(fileStream(stream, "session", entries));
    const context = contextOf(stream);
    const facts = lastFact(entries, context);
    if (facts >= 0)
      contexts.push(fileStream(context, "context", await readStream(core.store, context, facts)));
    const fork = forkPinOf(entries[0]);
    if (fork === undefined) break;
    ({ stream, to } = await ownerOf(core.store, fork.parent, fork.at));
  }
  const protocol = core.workspace.durable.protocols.get(record.protocol);
  const { source, imports } = textOf(core, record);
  return done(
    encodeSessionFile({
      format: SESSION_FILE,
      session: id,
      protocol: {
        id: record.protocol,
        name: protocol?.name ?? record.protocol,
        version: record.version,
        source,
        ...(imports.length === 0 ? {} : { imports }),
      },
      streams: [...sessions, ...contexts],
    }),
  );
};

/** The parent's own seq at the position a fork stands on; `forkHostedSession` names the stream that owns it. */
const ownerOf = async (
  store: LogStore,
  parent: string,
  at: number,
): Promise<{ readonly stream: string; readonly to: number }> => {
  const [first] = await store.read(parent, 0, 1);
  const fork = forkPinOf(first);
  return { stream: parent, to: fork === undefined ? at : at - fork.at - 1 };
};
