import type { ContextInput } from "@parley/wire";
import type { ReplayReport } from "../host-api.ts";
import { done, type HostError, type Result, refused } from "../host-error.ts";
import { cloneSession } from "../session/open-session.ts";
import { type Replayed, replaySession } from "../session/replay-session.ts";
import type { SessionState } from "../session/session-state.ts";
import { type ContextState, emptyContext, foldContext } from "../streams/context-state.ts";
import { foldRecorded } from "../streams/register-entry.ts";
import {
  decodeSessionFile,
  decodeStream,
  digestAgrees,
  type FileEntry,
  type FileStream,
  type SessionFile,
} from "./session-file.ts";

/** A file whose every entry replays to what it records. */
export interface VerifiedFile {
  readonly file: SessionFile;
  readonly streams: readonly { readonly stream: FileStream; readonly entries: readonly FileEntry[] }[];
  readonly state: SessionState;
}

const differs = (
  stream: string,
  seq: number,
  what: string,
): { readonly ok: false; readonly error: HostError } =>
  refused({ code: "PAR7602", kind: "export-differs", stream, seq, what });

/** A context's entries fold to the hashes they record, in order. */
const verifyContext = (stream: FileStream, entries: readonly FileEntry[]): Result<undefined> => {
  let state = emptyContext(stream.stream);
  for (const one of entries) {
    const folded = foldRecorded<ContextState, ContextInput>(state, foldContext, one);
    if (!folded.agrees) return differs(stream.stream, one.entry.seq, "stateHash");
    state = folded.state;
  }
  return done(undefined);
};

/** The state a stream starts from: for a fork its parent's, which the file holds up to that position. */
const startOf = (
  pin: FileEntry["entry"]["input"] | undefined,
  ends: ReadonlyMap<string, SessionState>,
): SessionState | undefined => {
  if (pin?.kind !== "fork") return undefined;
  const parent = ends.get(pin.parent);
  return parent?.position === pin.at && parent.hash === pin.parentHash ? cloneSession(parent) : undefined;
};

/** A session's entries replay to what they record; answers the state at their end. */
const verifySession = (
  stream: FileStream,
  entries: readonly FileEntry[],
  ends: ReadonlyMap<string, SessionState>,
): Result<SessionState> => {
  const pin = entries[0]?.entry.input;
  const pinned = pin?.kind === "open" || pin?.kind === "fork" ? pin.stream : undefined;
  if (stream.kind !== "session" || pinned !== stream.stream) return differs(stream.stream, 0, "pin");
  const start = startOf(pin, ends);
  if (pin?.kind === "fork" && start === undefined) return differs(stream.stream, 0, "parent");
  let replayed: Replayed;
  try {
    replayed = replaySession(stream.stream, entries, start);
  } catch {
    // The chain holds, but somebody wrote entries that no host writes.
    return differs(stream.stream, 0, "an entry that cannot be folded");
  }
  const [finding] = replayed.findings;
  if (finding !== undefined) return differs(stream.stream, finding.seq, finding.what);
  return replayed.state === undefined ? differs(stream.stream, 0, "empty") : done(replayed.state);
};

/** Judges a file: every chain, every event, every hash; the error names the first entry that differs. */
export const verifyFile = (bytes: Uint8Array): Result<VerifiedFile> => {
  const read = decodeSessionFile(bytes);
  if (!read.ok) return read;
  const file = read.value;
  const ends = new Map<string, SessionState>();
  const streams: { stream: FileStream; entries: readonly FileEntry[] }[] = [];
  for (const stream of file.streams) {
    const decoded = decodeStream(stream);
    if (!decoded.ok) return decoded;
    const entries = decoded.value;
    streams.push({ stream, entries });
    const verified =
      stream.kind === "context" ? verifyContext(stream, entries) : verifySession(stream, entries, ends);
    if (!verified.ok) return verified;
    if (verified.value !== undefined) ends.set(stream.stream, verified.value);
  }
  const state = ends.get(file.session);
  if (state === undefined) return differs(file.session, 0, "missing");
  return digestAgrees(file) ? done({ file, streams, state }) : differs(file.session, 0, "digest");
};

/** Replays an exported session and reports how it went; the error is for what is no session file at all. */
export const replayFile = (bytes: Uint8Array): Result<ReplayReport> => {
  const verified = verifyFile(bytes);
  if (verified.ok) return done({ ok: true, head: verified.value.state.position, findings: [] });
  const { error } = verified;
  if (error.kind !== "export-differs") return verified;
  const { stream, seq, what } = error;
  return done({
    ok: false,
    head: seq - 1,
    findings: [{ stream, seq, what, expected: "as recorded", actual: "something else" }],
  });
};
