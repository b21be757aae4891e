import { factId, msOfTime, typeOfFact, versionOfFact } from "@parley/runtime/derived";
import type { Fact, StoredEntry } from "@parley/wire";
import type { DerivedChange } from "./derived-change.ts";

/** A fact that cannot be told apart makes no row; the host refuses one, and no store fails over it. */
export const idOf = (fact: Fact): string | undefined => {
  try {
    return factId(fact);
  } catch {
    return undefined;
  }
};

/** The facts an entry brings; one that was there stays with the entry that first brought it. */
export const deriveFacts = (
  { stream, entry, commit }: StoredEntry,
  facts: readonly Fact[],
): readonly DerivedChange[] =>
  facts.flatMap((fact): readonly DerivedChange[] => {
    const id = idOf(fact);
    if (id === undefined) return [];
    const row = {
      stream,
      id,
      seq: entry.seq,
      kind: fact.content.kind,
      type: typeOfFact(fact),
      version: versionOfFact(fact),
      by: fact.by,
      time: fact.time.kind,
      ms: msOfTime(fact.time),
      order: fact.order,
      commit,
    };
    return [{ op: "put", table: "facts", row, update: [] }];
  });
