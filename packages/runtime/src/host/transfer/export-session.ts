import {
  canonicalHead,
  encodeCanonical,
  type Hash,
  runningHash,
  type StoredEntry,
  type StreamKind,
} from "@parley/wire";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import { forkPinOf } from "../ledger/fold-session.ts";
import type { LogStore } from "../ports.ts";
import { contextOf } from "../streams/context-state.ts";
import { textOf } from "../views/read-view.ts";
import { DIGEST_DOMAIN, SESSION_FILE, type SessionFile } from "./session-file.ts";

const PAGE = 512;

/** Entries 0 to `to` of a stream, a page at a time. */
async function* pagesOf(store: LogStore, stream: string, to: number): AsyncGenerator<readonly StoredEntry[]> {
  for (let from = 0; from <= to; ) {
    const page = await store.read(stream, from, Math.min(PAGE, to + 1 - from));
    if (page.length === 0) return;
    yield page;
    from += page.length;
  }
}

/** Entries 0 to `to` of a stream. */
export const readStream = async (
  store: LogStore,
  stream: string,
  to: number,
): Promise<readonly StoredEntry[]> => {
  const all: StoredEntry[] = [];
  for await (const page of pagesOf(store, stream, to)) all.push(...page);
  return all;
};

/** A stream of the file, and up to which of its entries. */
interface Part {
  readonly stream: string;
  readonly kind: StreamKind;
  readonly to: number;
}

/** The last entry of its context that a session's entries name. */
const lastFact = async (store: LogStore, { stream, to }: Part, context: string): Promise<number> => {
  let last = -1;
  for await (const page of pagesOf(store, stream, to))
    for (const { entry } of page)
      for (const effect of entry.effects) if (effect.stream === context) last = Math.max(last, effect.seq);
  return last;
};

/** What the file holds: the oldest ancestor first and the session last, contexts after it. */
const partsOf = async (store: LogStore, id: string): Promise<readonly Part[]> => {
  const sessions: Part[] = [];
  const contexts: Part[] = [];
  let part: Part = { stream: id, kind: "session", to: (await store.head(id))?.seq ?? -1 };
  for (;;) {
    sessions.unshift(part);
    const context = contextOf(part.stream);
    const facts = await lastFact(store, part, context);
    if (facts >= 0) contexts.push({ stream: context, kind: "context", to: facts });
    const [first] = await store.read(part.stream, 0, 1);
    const fork = forkPinOf(first);
    if (fork === undefined) return [...sessions, ...contexts];
    part = { kind: "session", ...(await ownerOf(store, fork.parent, fork.at)) };
  }
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

const joined = (pieces: readonly Uint8Array[]): Uint8Array => {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
};

const texts = (...values: readonly string[]): readonly Uint8Array[] => values.map(encodeCanonical);

/** The canonical bytes of one stream of the file. */
async function* streamBytes(store: LogStore, { stream, kind, to }: Part): AsyncGenerator<Uint8Array> {
  const count = canonicalHead("list", to + 1);
  yield joined([canonicalHead("map", 4), ...texts("kind", kind, "hashes"), count]);
  for await (const page of pagesOf(store, stream, to)) yield joined(texts(...page.map(({ hash }) => hash)));
  yield joined([...texts("stream", stream, "entries"), count]);
  for await (const page of pagesOf(store, stream, to))
    yield joined(page.flatMap(({ bytes }) => [canonicalHead("bytes", bytes.length), bytes]));
}

/** What stands behind the digest, in canonical order. */
async function* fileBytes(
  store: LogStore,
  file: Pick<SessionFile, "session" | "protocol">,
  parts: readonly Part[],
): AsyncGenerator<Uint8Array> {
  const { session, protocol } = file;
  yield joined([
    ...texts("format", SESSION_FILE, "session", session, "streams"),
    canonicalHead("list", parts.length),
  ]);
  for (const part of parts) yield* streamBytes(store, part);
  yield joined([...texts("protocol"), encodeCanonical(protocol)]);
}

/** The digest stands first, so the log is read twice: once for it, once to be sent. */
async function* piecesOf(digest: Hash, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield joined([canonicalHead("map", 5), ...texts("digest", digest)]);
  yield* rest;
}

/**
 * A session as one file, piece by piece: its own log, its parents' as far as it
 * stands on them, the facts they recorded, and the text of its protocol's
 * version with the texts that imports. Holds a page of entries at a time.
 */
export const exportPieces = async (
  core: HostCore,
  id: string,
): Promise<Result<AsyncIterable<Uint8Array>>> => {
  const record = core.workspace.durable.sessions.get(id);
  if (record === undefined) return refused({ code: "PAR7001", kind: "not-found", what: "session", id });
  const { source, imports } = textOf(core, record);
  const protocol = {
    id: record.protocol,
    name: core.workspace.durable.protocols.get(record.protocol)?.name ?? record.protocol,
    version: record.version,
    source,
    ...(imports.length === 0 ? {} : { imports }),
  };
  const parts = await partsOf(core.store, id);
  const bytes = () => fileBytes(core.store, { session: id, protocol }, parts);
  const digest = runningHash(DIGEST_DOMAIN);
  digest.add(canonicalHead("map", 4));
  for await (const piece of bytes()) {
    digest.add(piece);
    await core.yield();
  }
  return done(piecesOf(digest.end(), bytes()));
};

/** The whole file at once. */
export const exportSession = async (core: HostCore, id: string): Promise<Result<Uint8Array>> => {
  const pieces = await exportPieces(core, id);
  if (!pieces.ok) return pieces;
  const all: Uint8Array[] = [];
  for await (const piece of pieces.value) all.push(piece);
  return done(joined(all));
};
