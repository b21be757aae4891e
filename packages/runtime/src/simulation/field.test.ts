import { describe, expect, test } from "vitest";
import { ran } from "../testing/simulated.ts";
import { back, imageOfTypes, loop, recv, send } from "../testing/small-types.ts";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint-file.ts";
import { divide, ONE, parseFixed, tanh } from "./fixed.ts";
import { readScenario } from "./read-scenario.ts";
import { resumeSimulation } from "./simulate.ts";

const image = imageOfTypes({
  A: loop("x", send("B", { hi: { next: recv("B", { yo: { next: back("x") } }) } })),
  B: loop("x", recv("A", { hi: { next: send("A", { yo: { next: back("x") } }) } })),
});
const bits = (text: string): bigint => parseFixed(text) ?? 0n;
const scenario = (layer: string, params: { readonly [key: string]: unknown }) => ({
  roles: ["A", "B"],
  steps: 60,
  field: { layer, params: { step_size: 0.1, ...params } },
});

describe("numbers of roles", () => {
  test("tanh is the reference's approximation, to the bit", () => {
    expect([tanh(bits("0.5")), tanh(ONE), tanh(bits("-0.7"))]).toEqual([
      2000647159n,
      3340530119n,
      -2631265701n,
    ]);
    expect([tanh(3n * ONE), tanh(-4n * ONE), divide(-3n, 2n * ONE), divide(1n, 0n)]).toEqual([
      ONE,
      -ONE,
      -1n,
      0n,
    ]);
  });

  test("of a mean field stay shares of one, and part where they feed themselves", () => {
    const { field } = ran(image, scenario("mean_field", { beta: 2, species: [], initial_state: [0.6, 0.4] }));
    for (const { values } of field?.samples ?? []) {
      const [x = 0n, y = 0n] = values;
      expect(Number(x + y - ONE)).toBeCloseTo(0, -2);
    }
    const [x = 0n] = field?.final[0]?.values ?? [];
    expect(x > bits("0.6")).toBe(true);
    expect(field?.samples.length).toBeGreaterThan(10);
  });

  test("of a continuum near each other as messages carry them", () => {
    const { field } = ran(
      image,
      scenario("continuum_field", { coupling: 1, components: 1, initial_fields: [1, 0] }),
    );
    const [a = 0n, b = 0n] = field?.final.map(({ values }) => values[0] ?? 0n) ?? [];
    expect(a < ONE && b > 0n && a > b).toBe(true);
  });

  test("of a hamiltonian swing by a kick, a drift and a kick, every fourth step", () => {
    const { field } = ran(
      image,
      scenario("hamiltonian", {
        spring_constant: 1,
        mass: 2,
        dimensions: 1,
        initial_positions: [1, 0],
        initial_momenta: [0, 0],
      }),
    );
    const [first] = field?.samples.filter(({ role }) => role === "A") ?? [];
    const [position = 0n, momentum = 0n] = first?.values ?? [];
    expect(position < ONE && momentum < 0n).toBe(true);
    const steps = field?.samples.filter(({ role }) => role === "A").length ?? 0;
    expect(steps).toBeGreaterThan(1);
  });

  test("are the same, bit for bit, in every run and after a checkpoint has been written down", () => {
    const raw = {
      ...scenario("continuum_field", { coupling: 1, components: 1, initial_fields: [1, 0] }),
      checkpoint_interval: 7,
    };
    const straight = ran(image, raw);
    expect(ran(image, raw)).toEqual(straight);
    const read = readScenario({ name: "test", ...raw });
    const checkpoint = straight.checkpoints[2];
    if (!read.ok || checkpoint === undefined) throw new Error("no checkpoint");
    const decoded = decodeCheckpoint(encodeCheckpoint(checkpoint));
    if (!decoded.ok) throw new Error(decoded.error.kind);
    const resumed = resumeSimulation(image, read.scenario, decoded.checkpoint);
    if (!resumed.ok) throw new Error(resumed.error.kind);
    expect(resumed.simulation.run().field?.final).toEqual(straight.field?.final);
  });

  test("are left out of a run without a field", () => {
    expect("field" in ran(image, { steps: 5 })).toBe(false);
  });
});

describe("a change that is only kept", () => {
  test.each([
    [{ type: "delegation", scope: "orders", from_role: "A", to_role: "B" }, "delegation orders from A to B"],
    [{ type: "handoff", handoff_id: "h1", from_role: "B", to_role: "A" }, "handoff h1 from B to A"],
    [
      { type: "mode_transition", roles: ["B", "A"], from_mode: "calm", to_mode: "busy" },
      "A, B from calm to busy",
    ],
  ])("is noted once with whom it concerns and what it costs, and changes nothing else", (action, what) => {
    const effect = { kind: "transition_choreography", budget_cost: 3 };
    const reconfigurations = [{ trigger: { after_step: 4 }, action, effect }];
    const [with_, without] = [ran(image, { steps: 30, reconfigurations }), ran(image, { steps: 30 })];
    expect(with_.incidents).toMatchObject([
      {
        kind: "reconfigured",
        by: "reconfiguration:0",
        what,
        cost: 3,
        roles: expect.arrayContaining(["A", "B"]),
      },
    ]);
    expect(with_.statistics.transitionBudget).toBe(3);
    expect(with_.trace).toEqual(without.trace);
  });
});
