import type { Hash } from "@parley/wire";
import type { ReplayReport } from "../host-api.ts";
import { done, type HostError, type Result, refused } from "../host-error.ts";
import type { SessionState } from "../session/session-state.ts";
import {
  decodeSessionFile,
  digestAgrees,
  type FileStream,
  readFileEntry,
  type SessionFile,
} from "./session-file.ts";
import { type Ends, fileDiffers, streamVerifier } from "./verify-stream.ts";

const verifyOne = (stream: FileStream, ends: Ends): HostError | undefined => {
  const verifier = streamVerifier(stream, ends);
  let previous: Hash | "" = "";
  for (const [seq, bytes] of stream.entries.entries()) {
    const read = readFileEntry(stream.stream, { seq, previous, hash: stream.hashes[seq] }, bytes);
    if (!read.ok) return read.error;
    const error = verifier.add(read.value);
    if (error !== undefined) return error;
    previous = read.value.hash;
  }
  return verifier.end();
};

/** Judges a file: every chain, every event, every hash; the error names the first entry that differs. */
export const verifyFile = (
  bytes: Uint8Array,
): Result<{ readonly file: SessionFile; readonly state: SessionState }> => {
  const read = decodeSessionFile(bytes);
  if (!read.ok) return read;
  const file = read.value;
  const ends: Ends = new Map();
  for (const stream of file.streams) {
    const error = verifyOne(stream, ends);
    if (error !== undefined) return refused(error);
  }
  const state = ends.get(file.session);
  if (state === undefined) return refused(fileDiffers(file.session, 0, "missing"));
  return digestAgrees(file) ? done({ file, state }) : refused(fileDiffers(file.session, 0, "digest"));
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
