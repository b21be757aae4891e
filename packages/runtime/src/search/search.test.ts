import { analyse } from "@parley/core";
import { describe, expect, it } from "vitest";
import { compileImage } from "../machine/code/image.ts";
import { stateHash } from "../machine/hash.ts";
import type { Machine } from "../machine/state.ts";
import { type Predicate, parsePredicate } from "../observe/predicate.ts";
import { opened } from "../testing/driven-run.ts";
import { loopSource, shopSource } from "../testing/sample-sources.ts";
import type { Move } from "./branches.ts";
import { type Strategy, search } from "./search.ts";

const machineOf = (source: string): Machine => {
  const locals = analyse(source).samples?.at(-1)?.locals;
  if (locals === undefined) throw new Error("the sample does not check");
  return opened(compileImage({ version: "", locals: new Map(Object.entries(locals)) }));
};

const goal = (text: string): Predicate => {
  const parsed = parsePredicate(text);
  if (!parsed.ok) throw new Error(parsed.error.expected);
  return parsed.predicate;
};

const strategies: readonly Strategy[] = [
  { kind: "breadth" },
  { kind: "depth" },
  { kind: "random", seed: 7 },
  { kind: "best", score: goal("inFlight()") },
];

const labels = (path: readonly Move[] | undefined) =>
  (path ?? []).flatMap((move) => (move.kind === "decide" ? [move.label] : []));

describe("search", () => {
  it("finds a state by its predicate, in every order, and says what was decided on the way", () => {
    for (const strategy of strategies) {
      const found = search(machineOf(shopSource), { goal: goal("received(Receipt) >= 1"), strategy });
      expect([strategy.kind, found.outcome, labels(found.path)]).toEqual([strategy.kind, "found", ["Buy"]]);
    }
  });

  it("leaves the machine as it is", () => {
    const machine = machineOf(shopSource);
    const before = stateHash(machine);
    search(machine, { goal: goal("Shop.done"), strategy: { kind: "breadth" } });
    expect(stateHash(machine)).toBe(before);
  });

  it("says that a finite protocol holds no such state", () => {
    const found = search(machineOf(shopSource), {
      goal: goal("sent(Buy) >= 2"),
      strategy: { kind: "breadth" },
    });
    expect([found.outcome, found.path, found.stuck]).toEqual(["exhausted", undefined, undefined]);
  });

  it("finds the shortest way first when it goes breadth first, and stops at its bounds", () => {
    const twice = search(machineOf(loopSource), {
      goal: goal("sent(Again) == 2"),
      strategy: { kind: "breadth" },
    });
    expect(labels(twice.path)).toEqual(["Again", "Again"]);
    const never = search(machineOf(loopSource), {
      goal: goal("sent(Nothing) > 0"),
      strategy: { kind: "breadth" },
      maxDepth: 5,
    });
    expect([never.outcome, never.depth]).toEqual(["bounded", 5]);
    const few = search(machineOf(loopSource), {
      goal: goal("sent(Nothing) > 0"),
      strategy: { kind: "depth" },
      maxStates: 3,
    });
    expect([few.outcome, few.states]).toEqual(["bounded", 3]);
  });

  it("stops when it is cancelled", () => {
    const found = search(machineOf(loopSource), {
      goal: goal("false"),
      strategy: { kind: "breadth" },
      cancelled: () => true,
    });
    expect(found.outcome).toBe("cancelled");
  });

  it("reaches what only an expired timer leads to", () => {
    const source = `protocol Patience =
  roles A, B
  timeout 5s A at
    A -> B : Ask
    B -> A : Answer
  on timeout =>
    A -> B : Pity
`;
    const found = search(machineOf(source), {
      goal: goal("received(Pity) == 1"),
      strategy: { kind: "breadth" },
    });
    expect([found.outcome, found.path?.some(({ kind }) => kind === "timer")]).toEqual(["found", true]);
  });
});
