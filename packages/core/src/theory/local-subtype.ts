import type { LocalType } from "../projection/local-type.ts";
import { type Head, headOf, Taker, type Term, type TermBranch, termKey } from "./expected-term.ts";
import type { SubtypeOptions, SubtypeReason, SubtypeVerdict } from "./subtype-verdict.ts";
import { type Position, TypeGraph } from "./type-graph.ts";

const STEPS = 20_000;
const DEPTH = 16;
/** So deep one pair leads to the next before the rest is put off: a long protocol is a chain deeper than the stack. */
const NESTING = 400;
const YES: SubtypeVerdict = { verdict: "yes" };

/** The sentence for a reason, in the words of somebody who replaces a program. */
const words = (reason: Omit<SubtypeReason, "why">, detail = ""): SubtypeReason => {
  const { kind, peer, label } = reason;
  const why = {
    sends: `it may send ${label} to ${peer}, which is not expected of it${detail}`,
    misses: `it does not take ${label} from ${peer}, which may come${detail}`,
    payload: `the payload of ${label} is another${detail}`,
    waits: `it waits for ${label} from ${peer}${detail}`,
    stops: `it has ended${detail}`,
    goesOn: `it goes on with ${label}${peer === "" ? "" : ` (${peer})`} where everything has ended`,
  }[kind];
  return { ...reason, why };
};

const CONSTRUCTS = {
  steps: "more pairs of places than the limit",
  depth: "more messages overtaken than the limit",
  construct: "parallel arms or a timeout scope against something else",
} as const;

const inconclusive = (ranOut: "steps" | "depth" | "construct"): SubtypeVerdict => ({
  verdict: "inconclusive",
  ranOut,
  why: `undecided: ${CONSTRUCTS[ranOut]}`,
});

/** `!Shop Order`, `!{Shop Order, Bank Pay}`: what a term begins with, for a sentence. */
const headText = (head: Head): string => {
  switch (head.kind) {
    case "end":
      return "the end";
    case "send":
      return `sending ${head.branches.map((b) => `${b.label} to ${b.peer}`).join(" or ")}`;
    case "recv":
      return `receiving ${head.branches.map((b) => b.label).join(" or ")} from ${head.from}`;
    case "decide":
      return "a decision";
    case "whole":
      return head.type.kind === "par" ? "parallel arms" : "a timeout scope";
  }
};

class Comparison {
  private readonly graph: TypeGraph;
  private readonly taker: Taker;
  private readonly sync: boolean;
  private readonly assumed = new Set<string>();
  private readonly trail: string[] = [];
  /** The messages between the beginning and here. */
  private path: string[] = [];
  private nesting = 0;
  /** How many alternatives are being tried; nothing can be put off while the answer is needed. */
  private trying = 0;
  private readonly later: { readonly own: Position; readonly expected: Term; readonly path: string[] }[] = [];
  private steps: number;

  constructor(graph: TypeGraph, options: SubtypeOptions) {
    this.graph = graph;
    this.sync = options.mode === "sync";
    this.taker = new Taker(graph, options.depth ?? DEPTH);
    this.steps = options.steps ?? STEPS;
  }

  /** Compares two types from their beginnings. */
  run(own: Position, expected: Position): SubtypeVerdict {
    let result = this.compare(own, expected);
    for (let next = this.later.pop(); next !== undefined; next = this.later.pop()) {
      if (result.verdict === "no") return result;
      this.path = next.path;
      const verdict = this.compare(next.own, next.expected);
      if (verdict.verdict !== "yes") result = verdict;
    }
    return result;
  }

  /** A pair met again holds if it held before: the loops of both go round together. */
  private compare(own: Position, expected: Term): SubtypeVerdict {
    if (own === expected) return YES;
    if (this.nesting >= NESTING) {
      if (this.trying > 0) return inconclusive("steps");
      this.later.push({ own, expected, path: [...this.path] });
      return YES;
    }
    const key = `${own} ${termKey(expected)}`;
    if (this.assumed.has(key)) return YES;
    if (this.steps-- <= 0) return inconclusive("steps");
    this.assumed.add(key);
    this.trail.push(key);
    this.nesting++;
    const verdict = this.heads(headOf(this.graph, own), headOf(this.graph, expected), expected);
    this.nesting--;
    return verdict;
  }

  private no(reason: SubtypeReason): SubtypeVerdict {
    return { verdict: "no", reason, after: [...this.path] };
  }

  private heads(own: Head, expected: Head, term: Term): SubtypeVerdict {
    switch (own.kind) {
      case "decide":
        return this.decides(own, expected, term);
      case "end":
        return this.ends(expected);
      case "send":
        return this.all(own.branches, (branch) => this.sends(branch, expected, term));
      case "recv":
        return this.receives(own, expected, term);
      case "whole":
        return expected.kind === "whole" ? this.wholes(own, expected) : inconclusive("construct");
    }
  }

  private all<X>(list: readonly X[], check: (one: X) => SubtypeVerdict): SubtypeVerdict {
    let result = YES;
    for (const one of list) {
      const verdict = check(one);
      if (verdict.verdict === "no") return verdict;
      if (verdict.verdict === "inconclusive") result = verdict;
    }
    return result;
  }

  /** The first that holds; what a failed attempt assumed is forgotten. */
  private any<X>(list: readonly X[], check: (one: X) => SubtypeVerdict): SubtypeVerdict {
    let result: SubtypeVerdict | undefined;
    for (const one of list) {
      const mark = this.trail.length;
      this.trying++;
      const verdict = check(one);
      this.trying--;
      if (verdict.verdict === "yes") return verdict;
      for (const key of this.trail.splice(mark)) this.assumed.delete(key);
      if (result === undefined || (result.verdict === "no" && verdict.verdict === "inconclusive"))
        result = verdict;
    }
    return result ?? inconclusive("construct");
  }

  /** Nobody sees a decision: every way of ours must do, one of theirs is enough. */
  private decides(own: Extract<Head, { kind: "decide" }>, expected: Head, term: Term): SubtypeVerdict {
    return this.all(own.branches, (branch) => {
      if (expected.kind !== "decide") return this.compare(branch.next, term);
      const same = expected.branches.filter(({ outcome }) => outcome === branch.outcome);
      const others = expected.branches.filter(({ outcome }) => outcome !== branch.outcome);
      return this.any([...same, ...others], ({ next }) => this.compare(branch.next, next));
    });
  }

  private ends(expected: Head): SubtypeVerdict {
    if (expected.kind === "end") return YES;
    if (expected.kind === "decide") {
      return this.any(expected.branches, ({ next }) => this.ends(headOf(this.graph, next)));
    }
    const [first] = "branches" in expected ? expected.branches : [];
    const place = { peer: first?.peer ?? "", label: first?.label ?? "" };
    const reason = words(
      { kind: "stops", ...place, ...(first === undefined ? {} : { expected: first.edge }) },
      `, where ${headText(expected)} is expected`,
    );
    return this.no(reason);
  }

  private sends(own: TermBranch, expected: Head, term: Term): SubtypeVerdict {
    const refuse = (): SubtypeVerdict => {
      const place = { peer: own.peer, label: own.label, own: own.edge };
      if (expected.kind === "end") return this.no(words({ kind: "goesOn", ...place }));
      const [first] = "branches" in expected && expected.kind !== "decide" ? expected.branches : [];
      const seen = first === undefined ? {} : { expected: first.edge };
      return this.no(words({ kind: "sends", ...place, ...seen }, `: ${headText(expected)} is`));
    };
    if (expected.kind === "decide") {
      return this.any(expected.branches, ({ next }) => this.sends(own, headOf(this.graph, next), next));
    }
    const direct =
      expected.kind === "send"
        ? expected.branches.find((b) => b.peer === own.peer && b.label === own.label)
        : undefined;
    if (direct !== undefined) {
      const verdict = this.follow(own, direct, "!");
      if (verdict.verdict === "yes" || this.sync || expected.kind !== "send") return verdict;
      const behind = this.taker.overtakeSends(expected.branches, own.peer, own.label);
      return behind.kind === "ok"
        ? this.any([direct, behind.value], (one) => this.follow(own, one, "!"))
        : verdict;
    }
    if (expected.kind === "whole") return inconclusive("construct");
    if (this.sync) return refuse();
    const taken = this.taker.output(term, own.peer, own.label);
    if (taken.kind === "no") return refuse();
    return taken.kind === "out" ? inconclusive(taken.ranOut) : this.follow(own, taken.value, "!");
  }

  private follow(own: TermBranch, expected: TermBranch, sign: "!" | "?"): SubtypeVerdict {
    if (own.payload !== expected.payload) {
      const text = (payload: string): string => (payload === "" ? "none" : payload);
      return this.no(
        words(
          { kind: "payload", peer: own.peer, label: own.label, own: own.edge, expected: expected.edge },
          `: ${text(own.payload)} where ${text(expected.payload)} is expected`,
        ),
      );
    }
    if (typeof own.next !== "number") return inconclusive("construct");
    this.path.push(`${sign}${own.peer} ${own.label}`);
    const verdict = this.compare(own.next, expected.next);
    this.path.pop();
    return verdict;
  }

  private receives(own: Extract<Head, { kind: "recv" }>, expected: Head, term: Term): SubtypeVerdict {
    const [first] = own.branches;
    const label = own.branches.map((b) => b.label).join(" or ");
    const place = { peer: own.from, label, ...(first === undefined ? {} : { own: first.edge }) };
    if (expected.kind === "end") return this.no(words({ kind: "goesOn", ...place }));
    if (expected.kind === "decide") {
      return this.any(expected.branches, ({ next }) => this.receives(own, headOf(this.graph, next), next));
    }
    if (expected.kind === "whole") return inconclusive("construct");
    const taken =
      this.sync && (expected.kind !== "recv" || expected.from !== own.from)
        ? ({ kind: "no" } as const)
        : this.taker.inputs(term, own.from);
    if (taken.kind === "out") return inconclusive(taken.ranOut);
    if (taken.kind === "no") {
      const [other] = expected.branches;
      return this.no(
        words(
          { kind: "waits", ...place, ...(other === undefined ? {} : { expected: other.edge }) },
          `, where ${headText(expected)} comes first`,
        ),
      );
    }
    return this.all(taken.value, (coming) => {
      const mine = own.branches.find((b) => b.label === coming.label);
      if (mine !== undefined) return this.follow(mine, coming, "?");
      const reason = { kind: "misses", peer: own.from, label: coming.label, expected: coming.edge } as const;
      return this.no(words(reason, ` (it takes ${label})`));
    });
  }

  /** Arms in their order, scopes with the same owner and exits; anything else is left open. */
  private wholes(
    own: Extract<Head, { kind: "whole" }>,
    expected: Extract<Head, { kind: "whole" }>,
  ): SubtypeVerdict {
    const pairs = wholePairs(own.type, expected.type);
    if (pairs === undefined) return inconclusive("construct");
    const verdict = this.all(pairs, ([mine, theirs]) =>
      this.compare(this.graph.step(own.position, mine), this.graph.step(expected.position, theirs)),
    );
    // Another pairing of arms might do: only a scope's parts are bound to each other.
    return verdict.verdict === "no" && own.type.kind === "par" ? inconclusive("construct") : verdict;
  }
}

type Whole = Extract<Head, { kind: "whole" }>["type"];

const wholePairs = (
  own: Whole,
  expected: Whole,
): readonly (readonly [LocalType, LocalType])[] | undefined => {
  if (own.kind === "par" && expected.kind === "par") {
    if (own.arms.length !== expected.arms.length) return undefined;
    const arms = own.arms.map((arm, i) => [arm, expected.arms[i] ?? arm] as const);
    return [...arms, [own.next, expected.next]];
  }
  if (own.kind !== "scope" || expected.kind !== "scope") return undefined;
  if (own.owner !== expected.owner || own.exits.length !== expected.exits.length) return undefined;
  const exits = own.exits.flatMap(({ outcome, next }) => {
    const other = expected.exits.find((exit) => exit.outcome === outcome);
    return other === undefined ? [] : [[next, other.next] as const];
  });
  return exits.length === own.exits.length ? [[own.body, expected.body], ...exits] : undefined;
};

/**
 * Whether a program of type `own` may run where one of type `expected` is
 * foreseen. Asynchronous by default: what it sends may overtake what it
 * receives, messages of different peers may overtake each other; it may send
 * fewer labels and must take all that may come. Deeds count for nothing, a
 * decision nobody is told of is taken way by way. Loops are answered by
 * remembering the pairs of places that were met; where the search must stop,
 * the verdict says what ran out. With `reading: "channel"` the two types
 * change places (spec/projection §12).
 *
 * @example localSubtype(oldLocal, newLocal).verdict // "yes": an old peer may talk to new ones
 */
export const localSubtype = (
  own: LocalType,
  expected: LocalType,
  options: SubtypeOptions = {},
): SubtypeVerdict => {
  const [left, right] = options.reading === "channel" ? [expected, own] : [own, expected];
  const graph = new TypeGraph();
  return new Comparison(graph, options).run(graph.root(left), graph.root(right));
};
