import { chainHash, type Hash, type StoredEntry } from "@parley/wire";
import { checkEntry, type Finding, foldEntry } from "./fold-entry.ts";
import type { SessionState } from "./session-state.ts";

/** How a replay went. `state` is the state at its end, when it got that far. */
export interface Replayed {
  readonly ok: boolean;
  /** Seq of the last entry folded, -1 for none. */
  readonly head: number;
  readonly findings: readonly Finding[];
  readonly state: SessionState | undefined;
}

type Replayable = Pick<StoredEntry, "entry" | "bytes" | "hash">;

/** Folds a stream again entry by entry, and compares chain, events, reads and hashes with what was recorded. */
export class SessionReplay {
  /** Seq of the last entry that agreed, -1 before the first. */
  head = -1;
  state: SessionState | undefined;
  private readonly stream: string;
  private previous: Hash | "" = "";

  /** `parent` is a fork's parent state at the position it was forked at; it is consumed. */
  constructor(stream: string, parent?: SessionState) {
    this.stream = stream;
    this.state = parent;
  }

  /** In what the next entry differs; after the first that does, all would. */
  step(stored: Replayable): readonly Finding[] {
    const { entry, bytes, hash } = stored;
    const { stream, head } = this;
    const differs = (finding: Omit<Finding, "stream" | "seq">): readonly Finding[] => [
      { stream, seq: head + 1, ...finding },
    ];
    const chained = chainHash(this.previous, bytes);
    if (chained !== hash) return differs({ what: "chain", expected: hash, actual: chained });
    if (entry.seq !== head + 1)
      return differs({ what: "order", expected: String(head + 1), actual: String(entry.seq) });
    const folded = foldEntry(this.state, stored);
    if (!folded.ok) return differs({ what: "image", expected: "a state", actual: folded.why });
    this.state = folded.state;
    const findings = checkEntry(folded.state, folded.applied, stored);
    if (findings.length > 0) return findings;
    this.previous = hash;
    this.head = entry.seq;
    return [];
  }
}

/**
 * Folds a stream again from its first entry; stops at the first entry that
 * differs. `parent` is a fork's parent state at the position it was forked at;
 * it is consumed.
 */
export const replaySession = (
  stream: string,
  entries: readonly Replayable[],
  parent?: SessionState,
): Replayed => {
  const replay = new SessionReplay(stream, parent);
  for (const stored of entries) {
    const findings = replay.step(stored);
    const { head, state } = replay;
    if (findings.length > 0) return { ok: false, head, findings, state };
  }
  return { ok: true, head: replay.head, findings: [], state: replay.state };
};
