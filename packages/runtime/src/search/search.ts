import { protocolHash } from "../machine/hash.ts";
import { mulberry32 } from "../machine/mulberry32.ts";
import type { Machine } from "../machine/state.ts";
import { evaluate, holds } from "../observe/evaluate.ts";
import { type EventCounts, noCounts, type Observation } from "../observe/observation.ts";
import type { Predicate } from "../observe/predicate.ts";
import { branchesOf, type Move, type Node, pathTo, rootNode } from "./branches.ts";

/** In which order states are looked at. `best` needs a score: the smallest first. */
export type Strategy =
  | { readonly kind: "breadth" | "depth" }
  | { readonly kind: "random"; readonly seed: number }
  | { readonly kind: "best"; readonly score: Predicate };

export interface SearchOptions {
  /** The state that is looked for. To find one that breaks a property, negate it. */
  readonly goal: Predicate;
  readonly strategy: Strategy;
  /** States looked at before giving up. Default 10,000. */
  readonly maxStates?: number;
  /** Decisions and timers on one path. Default 100. */
  readonly maxDepth?: number;
  /** Asked between states: true stops the search. */
  readonly cancelled?: () => boolean;
}

export interface SearchResult {
  readonly outcome: "found" | "exhausted" | "bounded" | "cancelled";
  /** How the state was reached, when one was found. */
  readonly path?: readonly Move[];
  readonly states: number;
  readonly depth: number;
  /** A state where nothing can run and somebody is not done, when one was met. */
  readonly stuck?: readonly Move[];
}

interface Frontier {
  push(node: Node): void;
  pop(): Node | undefined;
}

const frontierOf = (strategy: Strategy): Frontier => {
  if (strategy.kind === "breadth") return queue();
  const nodes: Node[] = [];
  switch (strategy.kind) {
    case "depth":
      return { push: (node) => nodes.push(node), pop: () => nodes.pop() };
    case "random": {
      let state = strategy.seed >>> 0;
      return {
        push: (node) => nodes.push(node),
        pop: () => {
          const drawn = mulberry32(state);
          state = drawn.state;
          return nodes.splice(drawn.bits % Math.max(1, nodes.length), 1)[0];
        },
      };
    }
    case "best":
      return byScore(strategy.score);
  }
};

/** First in, first out; what was taken is let go. */
const queue = (): Frontier => {
  const nodes: (Node | undefined)[] = [];
  let first = 0;
  return {
    push: (node) => nodes.push(node),
    pop: () => {
      const node = nodes[first];
      nodes[first] = undefined;
      first += 1;
      return node;
    },
  };
};

/** A binary heap by score, first come first of equals. */
const byScore = (score: Predicate): Frontier => {
  const heap: { readonly node: Node; readonly score: number; readonly order: number }[] = [];
  let order = 0;
  const less = (a: number, b: number): boolean => {
    const [x, y] = [heap[a], heap[b]];
    if (x === undefined || y === undefined) return false;
    return x.score < y.score || (x.score === y.score && x.order < y.order);
  };
  const swap = (a: number, b: number): void => {
    const [x, y] = [heap[a], heap[b]];
    if (x !== undefined && y !== undefined) [heap[a], heap[b]] = [y, x];
  };
  const sink = (from: number): void => {
    for (let at = from; ; ) {
      const left = 2 * at + 1;
      const least = less(left + 1, left) ? left + 1 : left;
      if (!less(least, at)) return;
      swap(least, at);
      at = least;
    }
  };
  return {
    push: (node) => {
      heap.push({ node, score: scoreOf(score, node), order: order++ });
      for (let at = heap.length - 1; at > 0 && less(at, (at - 1) >> 1); at = (at - 1) >> 1)
        swap(at, (at - 1) >> 1);
    },
    pop: () => {
      const top = heap[0];
      const last = heap.pop();
      if (top !== undefined && last !== undefined && top !== last) {
        heap[0] = last;
        sink(0);
      }
      return top?.node;
    },
  };
};

const scoreOf = (score: Predicate, seen: Observation): number => {
  const found = evaluate(score, seen);
  return found.ok ? Number(found.value) || 0 : Number.MAX_SAFE_INTEGER;
};

const isStuck = ({ machine }: Node): boolean =>
  machine.live > 0 && machine.asking.size === 0 && machine.queue.list().length === 0;

/** How far a search is. */
export interface SearchProgress {
  readonly states: number;
  readonly depth: number;
}

/**
 * The same search as steps: tells how far it is before every state it looks
 * at, so that its caller can pause, let others work, or stop asking.
 *
 * @example for (const progress of searching(machine, options)) show(progress);
 */
export function* searching(
  machine: Machine,
  options: SearchOptions,
  counts: EventCounts = noCounts,
): Generator<SearchProgress, SearchResult> {
  const { goal, strategy, maxStates = 10_000, maxDepth = 100, cancelled = () => false } = options;
  const reached = (seen: Observation): boolean => holds(goal, seen);
  const frontier = frontierOf(strategy);
  const seen = new Set<string>();
  let states = 0;
  let depth = 0;
  let bounded = false;
  let stuck: Node | undefined;
  const answer = (outcome: SearchResult["outcome"], found?: Node): SearchResult => ({
    outcome,
    ...(found === undefined ? {} : { path: pathTo(found) }),
    states,
    depth,
    ...(stuck === undefined ? {} : { stuck: pathTo(stuck) }),
  });
  frontier.push(rootNode({ machine, counts }, reached));
  for (let node = frontier.pop(); node !== undefined; node = frontier.pop()) {
    yield { states, depth };
    if (cancelled()) return answer("cancelled");
    const key = `${protocolHash(node.machine)} ${[...node.counts].join()}`;
    if (seen.has(key)) continue;
    seen.add(key);
    states += 1;
    depth = Math.max(depth, node.depth);
    if (reached(node)) return answer("found", node);
    if (isStuck(node)) stuck ??= node;
    if (states >= maxStates) return answer("bounded");
    if (node.depth >= maxDepth) {
      bounded = true;
      continue;
    }
    for (const next of branchesOf(node, reached)) frontier.push(next);
  }
  return answer(bounded ? "bounded" : "exhausted");
}

/**
 * Explores the runs of a machine from its present state for one in which the
 * goal holds. What branches are decisions and timers; payloads are sampled,
 * guards allowed. States with the same types, buffers, registers and counts
 * are looked at once. The machine itself is left as it is.
 *
 * @example search(machine, { goal, strategy: { kind: "breadth" } }) // { outcome: "found", path: […] }
 */
export const search = (
  machine: Machine,
  options: SearchOptions,
  counts: EventCounts = noCounts,
): SearchResult => {
  const steps = searching(machine, options, counts);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
};
