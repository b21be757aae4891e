import type { Counterexample } from "../explore/exploration.ts";
import { explore } from "../explore/explore.ts";
import { follow } from "../explore/follow.ts";
import type { Bindings } from "../kernel/bound.ts";
import type { LocalType } from "../projection/local-type.ts";
import { localSubtype } from "../theory/local-subtype.ts";
import type { SubtypeVerdict } from "../theory/subtype-verdict.ts";
import type { PeerVerdict } from "./compatibility.ts";

type Locals = Readonly<Record<string, LocalType>>;

const BOUND = 8;
const STATES = 20_000;
/** So many of the messages before a difference are named. */
const LAST = 6;

/** The nearest fault; of two equally near the one that shows a message. */
const nearest = (faults: readonly Counterexample[]): Counterexample | undefined =>
  [...faults].sort(
    (a, b) =>
      a.trace.length - b.trace.length || Number(a.kind === "deadlock") - Number(b.kind === "deadlock"),
  )[0];

const subtypeWords = (subtype: SubtypeVerdict): string => {
  switch (subtype.verdict) {
    case "yes":
      return "It sends nothing that is not expected and takes everything that may come.";
    case "no": {
      const last = subtype.after.slice(-LAST);
      const cut = subtype.after.length > LAST ? "…, " : "";
      const place = last.length === 0 ? "At once" : `After ${cut}${last.join(", ")}`;
      return `${place} ${subtype.reason.why}.`;
    }
    case "inconclusive":
      return `The comparison is ${subtype.why}.`;
  }
};

const sizesText = ({ families, names }: Bindings): string =>
  [...Object.entries(families), ...Object.entries(names)].map(([name, n]) => `${name} = ${n}`).join(", ");

/**
 * A peer that keeps to `own` among the others of `world`. Subtyping answers
 * when it can say yes; else the mixed system is explored: a run into a fault
 * breaks, all runs without one are as good as a proof, and what is left
 * follows the subtyping.
 */
export const comparePeer = (peer: string, own: LocalType, world: Locals, bindings: Bindings): PeerVerdict => {
  const expected = world[peer] ?? { kind: "end" };
  const subtype = localSubtype(own, expected);
  if (subtype.verdict === "yes") {
    return { verdict: "compatible", by: "subtyping", why: subtypeWords(subtype), subtype };
  }
  const mixed = Object.fromEntries(
    Object.entries(world).map(([role, type]) => [role, role === peer ? own : type]),
  );
  const found = explore(mixed, { bound: BOUND, states: STATES, reduce: true });
  const fault = nearest(found.faults);
  if (fault !== undefined) {
    return {
      verdict: "breaking",
      by: "exploration",
      why: fault.why,
      subtype,
      run: { ...fault, peer, bindings, sizes: sizesText(bindings), replayable: follow(world, fault.trace) },
    };
  }
  if (found.outcome === "complete") {
    const why = `Every run was tried (${found.states} states) and none breaks.`;
    return { verdict: "compatible", by: "exploration", why, subtype };
  }
  const verdict = subtype.verdict === "no" ? "breaking" : "undecided";
  return { verdict, by: "subtyping", why: subtypeWords(subtype), subtype };
};

const RANK = { compatible: 0, undecided: 1, breaking: 2 } as const;

/** The worst of several, the first of equals. */
export const worst = (verdicts: readonly PeerVerdict[]): PeerVerdict | undefined =>
  verdicts.reduce<PeerVerdict | undefined>(
    (bad, one) => (bad === undefined || RANK[one.verdict] > RANK[bad.verdict] ? one : bad),
    undefined,
  );
