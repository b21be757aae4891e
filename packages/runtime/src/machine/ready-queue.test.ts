import { describe, expect, test } from "vitest";
import { opened } from "../testing/driven-run.ts";
import { back, imageOfTypes, loop, recv, send } from "../testing/small-types.ts";
import { commit } from "./commit.ts";
import { machineHashes } from "./hash.ts";
import { plan } from "./plan.ts";

const allow = { guard: { allow: true } };
const ring = imageOfTypes({
  A: loop("t", send("B", { x: { next: recv("B", { y: { next: back("t") } }) } })),
  B: loop("t", recv("A", { x: { next: send("A", { y: { next: back("t") } }) } })),
});

describe("the ready queue", () => {
  test("does not grow under a policy that takes from its middle", () => {
    const machine = opened(ring, { scheduler: { kind: "fixed", priorities: { "0": 1 } } });
    for (let i = 0; i < 5000; i += 1) commit(machine, plan(machine), allow);
    expect(machine.queue.length).toBeLessThanOrEqual(64);
  });

  test("first in, first out: two roles take turns", () => {
    const machine = opened(ring);
    const order = Array.from({ length: 4 }, () => commit(machine, plan(machine), allow).coroutine);
    expect(order).toEqual([0, 1, 0, 1]);
  });

  test("every policy but a fixed priority equals first in, first out while nobody holds a token", () => {
    const finals = (["cooperative", "roundRobin", "aging", "tokenWeighted", "progressAware"] as const).map(
      (kind) => {
        const machine = opened(ring, { scheduler: { kind } });
        for (let i = 0; i < 50; i += 1) commit(machine, plan(machine), allow);
        return machineHashes(machine);
      },
    );
    for (const hashes of finals) expect(hashes).toEqual(finals[0]);
  });
});
