import { type ContextInput, chainHash, type ForkPin } from "@parley/wire";
import type { ReplayReport } from "../host-api.ts";
import { done, type HostError, type Result, refused } from "../host-error.ts";
import { cloneSession } from "../session/open-session.ts";
import { replaySession } from "../session/replay-session.ts";
import type { SessionState } from "../session/session-state.ts";
import { emptyContext, foldContext } from "../streams/context-state.ts";
import { foldRecorded } from "../streams/register-entry.ts";
import {
  decodeSessionFile,
  decodeStream,
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
const verifyContext = (stream: FileStream, entries: readonly FileEntry[]): HostError | undefined => {
  let state = emptyContext(stream.stream);
  for (const one of entries) {
    const seq = state.seq + 1;
    if (one.entry.seq !== seq) return differs(stream.stream, seq, "order").error;
    const folded = foldRecorded(state, foldContext, {
      entry: { ...one.entry, input: one.entry.input as ContextInput },
      hash: one.hash,
    });
    if (!folded.agrees) return differs(stream.stream, seq, "stateHash").error;
    state = folded.state;
  }
  return undefined;
};

/** The state a stream starts from: for a fork its parent's, which the file holds up to that position. */
const startOf = (
  pin: FileEntry["entry"]["input"] | undefined,
  ends: ReadonlyMap<string, SessionState>,
): SessionState | undefined => {
  if (pin?.kind !== "fork") return undefined;
  const parent = ends.get((pin as ForkPin).parent);
  return parent?.position === pin.at && parent.hash === pin.parentHash ? cloneSession(parent) : undefined;
};

/** Judges a file: every chain, every event, every hash; the error names the first entry that differs. */
export const verifyFile = (bytes: Uint8Array): Result<VerifiedFile> => {
  const read = decodeSessionFile(bytes);
  if (!read.ok) return read;
  const file = read.value;
  const ends = new Map<string, SessionState>();
  const streams: { stream: FileStream; entries: readonly FileEntry[] }[] = [];
  for (const stream of file.streams) {
    const decoded = decodeStream(stream, chainHash);
    if (!decoded.ok) return decoded;
    const entries = decoded.value;
    const last = entries.at(-1);
    streams.push({ stream, entries });
    if (stream.kind === "context") {
      const error = verifyContext(stream, entries);
      if (error !== undefined) return refused(error);
    } else {
      const pin = entries[0]?.entry.input;
      const pinned = pin?.kind === "open" || pin?.kind === "fork" ? pin.stream : undefined;
      if (stream.kind !== "session" || pinned !== stream.stream) return differs(stream.stream, 0, "pin");
      const start = startOf(pin, ends);
      if (pin?.kind === "fork" && start === undefined) return differs(stream.stream, 0, "parent");
      const replayed = replaySession(stream.stream, entries, start);
      const [finding] = replayed.findings;
      if (finding !== undefined) return differs(stream.stream, finding.seq, finding.what);
      if (replayed.state !== undefined) ends.set(stream.stream, replayed.state);
    }
    if (last?.hash !== stream.head) return differs(stream.stream, entries.length - 1, "chain");
  }
  const state = ends.get(file.session);
  return state === undefined ? differs(file.session, 0, "missing") : done({ file, streams, state });
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
