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

/**
 * Folds a stream again from its first entry and compares chain, events, reads
 * and hashes with what was recorded; stops at the first entry that differs,
 * since everything after it would. `parent` is a fork's parent state at the
 * position it was forked at; it is consumed.
 */
export const replaySession = (
  stream: string,
  entries: readonly Replayable[],
  parent?: SessionState,
): Replayed => {
  let state = parent;
  let previous: Hash | "" = "";
  let head = -1;
  for (const stored of entries) {
    const { entry, bytes, hash } = stored;
    const stop = (finding: Omit<Finding, "stream" | "seq">): Replayed => ({
      ok: false,
      head,
      findings: [{ stream, seq: head + 1, ...finding }],
      state,
    });
    const chained = chainHash(previous, bytes);
    if (chained !== hash) return stop({ what: "chain", expected: hash, actual: chained });
    if (entry.seq !== head + 1)
      return stop({ what: "order", expected: String(head + 1), actual: String(entry.seq) });
    const folded = foldEntry(state, stored);
    if (!folded.ok) return stop({ what: "image", expected: "a state", actual: folded.why });
    const findings = checkEntry(folded.state, folded.applied, stored);
    if (findings.length > 0) return { ok: false, head, findings, state: folded.state };
    state = folded.state;
    previous = hash;
    head = entry.seq;
  }
  return { ok: true, head, findings: [], state };
};
