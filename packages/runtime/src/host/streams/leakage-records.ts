import type { AuthorityInput, Charge } from "@parley/wire";
import type { LeakageState } from "../../guards/guard-snapshot.ts";
import {
  type LeakageBudget,
  limitLeakage,
  newLeakageBudget,
  recordLeakage,
  leakageState as stateOf,
} from "../../guards/leakage-budget.ts";
import { emptyMap, entriesIn, getFrom, type PersistentMap, putInto } from "./persistent-map.ts";

/** What an authority let out in one context. */
export interface ContextLeakage {
  readonly context: string;
  readonly budget: LeakageBudget;
  /** False while nobody set limits and the defaults hold. */
  readonly limited: boolean;
  readonly version: number;
}

export type LeakageRecords = PersistentMap<ContextLeakage>;

export const noLeakages: LeakageRecords = emptyMap();

/** How guards name the leakage of a context. */
export const leakageId = (context: string): string => `leakage:${context}`;

export const contextLeakage = (records: LeakageRecords, context: string): ContextLeakage =>
  getFrom(records, context) ?? { context, budget: newLeakageBudget(), limited: false, version: -1 };

/** What counts at a time (session time, ms): the rolling window up to it. */
export const leakageState = ({ budget }: ContextLeakage, at: number): LeakageState => stateOf(budget, at);

type LeakageInput = Extract<AuthorityInput, { readonly kind: "leakage.limited" | "leakage.reset" }>;

/** One step of the fold. */
export const foldLeakage = (records: LeakageRecords, input: LeakageInput, seq: number): LeakageRecords => {
  const known = contextLeakage(records, input.context);
  const next: ContextLeakage =
    input.kind === "leakage.limited"
      ? { ...known, budget: limitLeakage(known.budget, input.limits), limited: true, version: seq }
      : { ...known, budget: newLeakageBudget(known.budget.limits), version: seq };
  return putInto(records, input.context, next);
};

/** Settles what one charge let out. */
export const settleLeakage = (records: LeakageRecords, charge: Charge, seq: number): LeakageRecords => {
  const { context, leakage, at } = charge;
  if (leakage.external + leakage.neighbor + leakage.inGroup === 0) return records;
  const known = contextLeakage(records, context);
  return putInto(records, context, {
    ...known,
    budget: recordLeakage(known.budget, leakage, at),
    version: seq,
  });
};

/** Every context somebody set limits for or leaked in. */
export const leakagesInOrder = (records: LeakageRecords): readonly ContextLeakage[] =>
  [...entriesIn(records)].map(([, one]) => one).sort((a, b) => (a.context < b.context ? -1 : 1));
