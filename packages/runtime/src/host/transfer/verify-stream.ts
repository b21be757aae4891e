import type { ContextInput } from "@parley/wire";
import { done, type HostError, type Result, refused } from "../host-error.ts";
import { cloneSession } from "../session/open-session.ts";
import { SessionReplay } from "../session/replay-session.ts";
import type { SessionState } from "../session/session-state.ts";
import { emptyContext, foldContext } from "../streams/context-state.ts";
import { foldRecorded } from "../streams/register-entry.ts";
import type { FileEntry, FileStream } from "./session-file.ts";

/** The states that the sessions of a file end in so far: what a what-if of them starts from. */
export type Ends = Map<string, SessionState>;

/** Judges the entries of one stream of a file as they come. */
export interface StreamVerifier {
  /** Why the next entry is not what it records. */
  add(entry: FileEntry): HostError | undefined;
  end(): HostError | undefined;
}

export const fileDiffers = (stream: string, seq: number, what: string): HostError => ({
  code: "PAR7602",
  kind: "export-differs",
  stream,
  seq,
  what,
});

/** A context's entries fold to the hashes they record, in order. */
const contextVerifier = (stream: string): StreamVerifier => {
  let state = emptyContext(stream);
  return {
    add: (one) => {
      const folded = foldRecorded<typeof state, ContextInput>(state, foldContext, one);
      if (!folded.agrees) return fileDiffers(stream, one.entry.seq, "stateHash");
      state = folded.state;
      return undefined;
    },
    end: () => undefined,
  };
};

/** The state a stream starts from: for a fork its parent's, which the file holds up to that position. */
const startOf = (pin: FileEntry["entry"]["input"], ends: Ends): SessionState | undefined => {
  if (pin.kind !== "fork") return undefined;
  const parent = ends.get(pin.parent);
  return parent?.position === pin.at && parent.hash === pin.parentHash ? cloneSession(parent) : undefined;
};

const replayOf = (stream: string, pin: FileEntry["entry"]["input"], ends: Ends): Result<SessionReplay> => {
  const pinned = pin.kind === "open" || pin.kind === "fork" ? pin.stream : undefined;
  if (pinned !== stream) return refused(fileDiffers(stream, 0, "pin"));
  const start = startOf(pin, ends);
  if (pin.kind === "fork" && start === undefined) return refused(fileDiffers(stream, 0, "parent"));
  return done(new SessionReplay(stream, start));
};

/** A session's entries replay to what they record. */
const sessionVerifier = (stream: string, ends: Ends): StreamVerifier => {
  let replay: SessionReplay | undefined;
  return {
    add: (one) => {
      const { seq, input } = one.entry;
      try {
        if (replay === undefined) {
          const begun = replayOf(stream, input, ends);
          if (!begun.ok) return begun.error;
          replay = begun.value;
        }
        const [finding] = replay.step(one);
        return finding && fileDiffers(stream, finding.seq, finding.what);
      } catch {
        // The chain holds, but somebody wrote entries that no host writes.
        return fileDiffers(stream, seq, "an entry that cannot be folded");
      }
    },
    end: () => {
      if (replay?.state === undefined) return fileDiffers(stream, 0, "empty");
      ends.set(stream, replay.state);
      return undefined;
    },
  };
};

/** What judges a stream of a file, by its kind; a file holds sessions and contexts only. */
export const streamVerifier = (
  { stream, kind }: Pick<FileStream, "stream" | "kind">,
  ends: Ends,
): StreamVerifier => {
  if (kind === "context") return contextVerifier(stream);
  if (kind === "session") return sessionVerifier(stream, ends);
  const pin = fileDiffers(stream, 0, "pin");
  return { add: () => pin, end: () => pin };
};
