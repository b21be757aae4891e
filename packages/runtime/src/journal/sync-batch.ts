import type { Fact, Hash } from "@parley/wire";
import { type FactChecks, factFault } from "./fact-fault.ts";
import { factId } from "./fact-id.ts";
import { addFacts, type Journal } from "./journal.ts";
import { holds } from "./root-tree.ts";
import type { SyncError } from "./sync-message.ts";

/** A journal with a batch in it, or why the batch was refused as a whole. */
export type Merged =
  | { readonly ok: true; readonly journal: Journal; readonly ids: readonly Hash[] }
  | { readonly ok: false; readonly error: SyncError };

/** A fact whose id cannot even be told is malformed; `factFault` says how. */
const idOf = (fact: Fact): Hash | undefined => {
  try {
    return factId(fact);
  } catch {
    return undefined;
  }
};

const judge = (
  journal: Journal,
  fact: Fact,
  seen: ReadonlySet<Hash>,
  asked: ReadonlySet<Hash> | undefined,
  checks: FactChecks,
): SyncError | undefined => {
  const id = idOf(fact);
  if (id !== undefined && seen.has(id))
    return { code: "PAR7720", error: "verification_failed", target: "anti_entropy_batch_replay", id };
  if (id !== undefined && holds(journal.facts, id))
    return { code: "PAR7721", error: "verification_failed", target: "anti_entropy_replay", id };
  if (id !== undefined && asked !== undefined && !asked.has(id))
    return { code: "PAR7722", error: "verification_failed", target: "anti_entropy_unasked", id };
  const fault = factFault(fact, journal.namespace, checks);
  return fault && { code: "PAR7723", error: "verification_failed", target: "anti_entropy_fact", fault };
};

/**
 * Judges every fact of a batch and only then merges them all: one twice in the
 * batch, one that is held already, one nobody asked for or one that is not
 * good refuses the whole batch and leaves the journal as it was. The order
 * within the batch does not matter.
 */
export const mergeBatch = (
  journal: Journal,
  facts: readonly Fact[],
  asked: readonly Hash[] | undefined,
  checks: FactChecks,
): Merged => {
  const seen = new Set<Hash>();
  const wanted = asked && new Set(asked);
  for (const fact of facts) {
    const error = judge(journal, fact, seen, wanted, checks);
    if (error !== undefined) return { ok: false, error };
    seen.add(factId(fact));
  }
  return { ok: true, journal: addFacts(journal, facts), ids: [...seen] };
};
