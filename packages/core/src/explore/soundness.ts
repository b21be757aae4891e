import type { LocalType } from "../projection/local-type.ts";
import { type LocalFlaw, localFlaws } from "../theory/local-well-formed.ts";
import type { Exploration, ExploreOptions } from "./exploration.ts";
import { explore } from "./explore.ts";

/** `unknown`: the bounds were reached before an answer was found. */
export type Answer = "yes" | "no" | "unknown";

/** What can be said of roles that run together. */
export interface Soundness {
  /** Nobody ever waits for ever, and no message is left over or not understood. */
  readonly deadlockFree: Answer;
  /** From wherever a run has got to, whoever has not ended can act again. */
  readonly progress: Answer;
  /** Types that are well-formed by themselves, and together free of faults. */
  readonly coherent: Answer;
  /** `exploration`: every state was seen; `projection`: the types come from one choreography, which is enough. */
  readonly by: "exploration" | "projection" | "nothing";
  readonly flaws: Readonly<Record<string, readonly LocalFlaw[]>>;
  readonly exploration: Exploration;
}

const progressOf = ({ progress, faults }: Exploration): Answer => {
  if (faults.length > 0) return "no";
  if (progress === undefined) return "unknown";
  return progress.every(({ ok }) => ok) ? "yes" : "no";
};

/**
 * The verdict on roles that run together. `projected` says that their types
 * are the projections of one choreography without a finding: such roles have
 * no fault, also where exploring them all would take too long. Requests with
 * replies and loops are no reason for doubt: only states that can be reached
 * count.
 *
 * @example soundness(projectAll(bound).locals, { projected: true }).deadlockFree // "yes"
 */
export const soundness = (
  locals: Readonly<Record<string, LocalType>>,
  options: ExploreOptions & { readonly projected?: boolean } = {},
): Soundness => {
  const exploration = explore(locals, options);
  const flaws = Object.fromEntries(
    Object.entries(locals).flatMap(([role, type]) => {
      const found = localFlaws(type, role);
      return found.length === 0 ? [] : [[role, found] as const];
    }),
  );
  const complete = exploration.outcome === "complete";
  const faulty = exploration.faults.length > 0;
  const projected = options.projected === true;
  const free = complete || projected ? "yes" : "unknown";
  const deadlockFree = faulty ? "no" : free;
  const wellFormed = Object.keys(flaws).length === 0;
  return {
    deadlockFree,
    progress: progressOf(exploration),
    coherent: wellFormed ? deadlockFree : "no",
    by: complete || faulty ? "exploration" : projected ? "projection" : "nothing",
    flaws,
    exploration,
  };
};
