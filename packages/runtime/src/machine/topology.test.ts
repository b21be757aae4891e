import { describe, expect, it } from "vitest";
import { opened } from "../testing/driven-run.ts";
import { imageOfTypes, recv, send } from "../testing/small-types.ts";
import { commit } from "./commit.ts";
import { plan } from "./plan.ts";
import { applyTopology } from "./topology.ts";

const image = imageOfTypes({ A: send("B", { x: {} }), B: recv("A", { x: {} }) });
const allow = { guard: { allow: true } } as const;

describe("topology", () => {
  it("heals partition and corruption, both in both directions", () => {
    const machine = opened(image);
    applyTopology(machine, { kind: "partition", from: "A", to: "B" });
    applyTopology(machine, { kind: "corrupt", from: "A", to: "B", corruption: "bitFlip" });
    applyTopology(machine, { kind: "corrupt", from: "B", to: "A", corruption: "truncation" });
    expect([machine.partitions.size, machine.corruptions.size]).toEqual([2, 2]);
    applyTopology(machine, { kind: "heal", from: "B", to: "A" });
    expect([machine.partitions.size, machine.corruptions.size]).toEqual([0, 0]);
  });

  it("times a site out for whole rounds, at least one", () => {
    const machine = opened(image);
    const [issued] = applyTopology(machine, { kind: "timeout", site: "A", nanos: 1 });
    expect(issued).toMatchObject({
      name: "TimeoutIssued",
      fields: { site: "A", until_tick: 2, witness_id: 0 },
    });
    const first = commit(machine, plan(machine), allow);
    expect(first.coroutine).toBe(1);
    expect(machine.timeouts.size).toBe(1);
    expect(commit(machine, plan(machine), allow).coroutine).toBe(0);
    expect(machine.timeouts.size).toBe(0);
  });

  it("gives a newer timeout of a site a witness of its own", () => {
    const machine = opened(image);
    applyTopology(machine, { kind: "timeout", site: "A", nanos: 2_500_000 });
    applyTopology(machine, { kind: "timeout", site: "A", nanos: 1 });
    expect(machine.timeouts.get("A")).toEqual({ until: 2, witness: 1 });
  });
});
