import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loopSource, shopSource } from "../testing/sample-sources.ts";
import { imageOfText, kindsOf, ran, scenarioOf } from "../testing/simulated.ts";
import type { RawScenario } from "./raw-scenario.ts";
import { readScenario } from "./read-scenario.ts";
import { replaySimulation } from "./replay.ts";
import { encodeResult, resultHash, type SimulationResult } from "./result.ts";
import { simulate } from "./simulate.ts";

const one = imageOfText(`module one exposing (One)
protocol One =
  roles A, B
  A -> B : M of Nat
`);
const loop = imageOfText(loopSource);
const shop = imageOfText(shopSource);
/** Many messages on one edge before the first is needed. */
const burst = imageOfText(`module burst exposing (Burst)
protocol Burst =
  roles A, B
  A -> B : One
  A -> B : Two
  A -> B : Three
  A -> B : Four
`);

const incidents = (result: SimulationResult, kind: string) =>
  result.incidents.filter((incident) => incident.kind === kind);
const adversary = (action: RawScenario, budget: RawScenario = {}, more: RawScenario = {}): RawScenario => ({
  adversaries: [{ action, budget: { total: 1, ...budget }, ...more }],
});

describe("a run", () => {
  it("of one message takes the rounds and the tick of the reference", () => {
    const result = ran(one, { steps: 20 });
    expect(result).toMatchObject({ outcome: "completed", rounds: 5, finalTick: 6 });
    expect(kindsOf(result)).toEqual([
      "opened",
      "sent",
      "received",
      "invoked",
      "invoked",
      "halted",
      "halted",
      "completed",
    ]);
    expect(result.statistics).toMatchObject({
      initialDepth: 2,
      initialMeasure: 4,
      remainingMeasure: 0,
      productiveSteps: 2,
      capacity: "at_threshold",
    });
  });

  it("of a loop has no depth, and at most one round less than its steps", () => {
    const again = { decide: [{ role: "A", take: "Again" }] };
    expect(ran(loop, { steps: 4, ...again })).toMatchObject({ outcome: "limit", rounds: 3 });
    expect(ran(loop, { steps: 0, ...again })).toMatchObject({ outcome: "limit", rounds: 0 });
    expect(ran(loop, { steps: 40, ...again }).statistics).toMatchObject({
      initialDepth: null,
      initialMeasure: null,
      capacity: "unsupported",
    });
  });

  it("is the same, byte for byte, for the same scenario and seed", () => {
    const world: RawScenario = {
      steps: 60,
      policy: "random",
      network: { base_latency_ms: 3, latency_variance: 0.5, loss_probability: 0.1, reorder_probability: 0.2 },
      adversaries: [
        { action: { type: "corruption" }, budget: { total: 2, mode: "independent", probability: 0.3 } },
      ],
    };
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1000n }), fc.constantFrom(loop, shop, burst), (seed, image) => {
        const first = ran(image, { ...world, seed });
        const second = ran(image, { ...world, seed });
        expect(encodeResult(second)).toEqual(encodeResult(first));
        expect(replaySimulation(image, scenarioOf({ ...world, seed }), first)).toEqual({ kind: "equal" });
      }),
      { numRuns: 40 },
    );
  });

  it("shows by its hash that another seed made another run, and where", () => {
    const lossy = (seed: number) => ({ steps: 60, seed, network: { loss_probability: 0.5 } });
    const runs = [...Array(8).keys()].map((seed) => ran(burst, lossy(seed)));
    expect(new Set(runs.map(resultHash)).size).toBe(8);
    const other = runs.findIndex(({ statistics }) => statistics.lost !== runs[0]?.statistics.lost);
    const found = replaySimulation(burst, scenarioOf(lossy(other)), runs[0] as SimulationResult);
    expect(found).toMatchObject({ kind: "different", at: { index: expect.any(Number) } });
  });

  it("takes decisions and payloads from the script, by occurrence, else from the policy", () => {
    const result = ran(loop, {
      steps: 100,
      decide: [
        { role: "A", take: "Stop", nth: 2 },
        { role: "A", take: "Again" },
      ],
    });
    expect(result.decisions.map(({ take, by }) => `${take} ${by}`)).toEqual([
      "Again script",
      "Again script",
      "Stop script",
    ]);
    expect(result.unusedRows).toEqual([]);
    const late = {
      steps: 9,
      decide: [{ role: "A", take: "Stop", nth: 7 }],
      faults: [{ from: "B", to: "A", nth: 40, do: "drop" }],
    };
    expect(ran(loop, late).unusedRows).toEqual(["decide[0]", "faults[0]"]);
    const turns = ran(loop, { steps: 100, policy: "round_robin" });
    expect(turns.decisions.map(({ take }) => take)).toEqual(["Again", "Stop"]);
    const paid = ran(one, { payload: [{ role: "A", message: "M", value: 42 }] });
    expect(paid.trace.find(({ event }) => event.kind === "received")?.event).toMatchObject({
      payload: { kind: "nat", value: 42n },
    });
    expect(ran(loop, { policy: "script" })).toMatchObject({ outcome: "stuck", decisions: [] });
  });

  it("is refused when the scenario does not fit the protocol, with every reason", () => {
    const refused = (raw: RawScenario) => {
      const found = simulate(shop, scenarioOf(raw));
      return found.ok ? [] : found.errors.map(({ kind, path }) => `${kind} ${path}`);
    };
    expect(refused({ roles: ["Buyer", "Seller"] })).toEqual(["unknown-role roles", "bad-roles roles"]);
    expect(
      refused({
        decide: [
          { role: "Buyer", take: "Steal" },
          { role: "Nobody", take: "Buy" },
        ],
        payload: [{ role: "Shop", message: "Buy", value: "{}" }],
        faults: [{ from: "Buyer", to: "Thief", do: "drop" }],
        properties: { never: ["Thief.done", "stolen > 1"] },
        expect: { violations: ["calm"] },
      }),
    ).toEqual([
      "unknown-role faults[0].to",
      "not-offered decide[0].take",
      "unknown-role decide[1].role",
      "not-offered payload[0].message",
      "bad-property properties.never[0]",
      "bad-property properties.never[1]",
      "bad-property expect.violations[0]",
    ]);
    expect(
      simulate(one, scenarioOf({ payload: [{ role: "A", message: "M", value: "many" }] })),
    ).toMatchObject({
      ok: false,
      errors: [{ kind: "out-of-range", path: "payload[0].value" }],
    });
  });
});

describe("the network", () => {
  it("delivers after its latency, letting time pass while everybody waits", () => {
    const late = ran(one, { network: { base_latency_ms: 4 } });
    expect(late.trace.find(({ event }) => event.kind === "received")?.at).toBe(5);
    const later = ran(one, { network: { base_latency_ms: "3s" } });
    expect(later.outcome).toBe("completed");
    expect(incidents(later, "arrived")).toMatchObject([{ at: 3001, ticks: 3000 }]);
    const varied = ran(one, { network: { base_latency_ms: "3s", latency_variance: 0.1 } });
    expect(varied.clock).toBeGreaterThan(2_700);
  });

  it("that loses everything leaves every send sent and draws nothing", () => {
    const result = ran(burst, { network: { loss_probability: "1" } });
    expect(result.statistics).toMatchObject({ sent: 4, received: 0, lost: 4 });
    expect(result.outcome).toBe("stuck");
    const draws = ran(burst, { network: { loss_probability: "1" }, checkpoint_interval: 1 });
    expect(draws.checkpoints.at(-1)?.state.rng.network.words).toBe(0);
  });

  it("takes the last of two links for an edge, and a field a link leaves out from the network", () => {
    const links = (...rest: readonly RawScenario[]) =>
      ran(one, {
        network: { loss_probability: 1, links: rest.map((link) => ({ from: "A", to: "B", ...link })) },
      });
    expect(links({ enabled: false }, { loss_probability: 0 }).outcome).toBe("completed");
    expect(links({ loss_probability: 0 }, { enabled: false }).outcome).toBe("stuck");
    expect(links({ base_latency_ms: 9 }).statistics.lost).toBe(1);
  });

  it("replaces a static link entirely by a reconfigured one", () => {
    const result = ran(one, {
      network: { loss_probability: 1, links: [{ from: "A", to: "B", loss_probability: 0 }] },
      reconfigurations: [{ action: { type: "link", from: "A", to: "B", base_latency_ms: 2 } }],
    });
    expect(result.statistics.lost).toBe(1);
  });

  it("cuts listed from unlisted roles while a federation stands", () => {
    const federation = (groups: readonly (readonly string[])[], more: readonly RawScenario[] = []) =>
      ran(one, {
        reconfigurations: [{ action: { type: "federation", federation: "f", groups } }, ...more],
      });
    expect(federation([["A"], ["B"]]).outcome).toBe("stuck");
    expect(federation([["A"]]).outcome).toBe("stuck");
    expect(federation([["A", "B"]]).outcome).toBe("completed");
    const healed = { action: { type: "federation", federation: "f", enabled: false } };
    expect(federation([["A"], ["B"]], [healed]).outcome).toBe("completed");
  });

  it("reorders only when told to, and an ordered one never does", () => {
    const received = (network: RawScenario, seed: number) =>
      ran(burst, { seed, network, properties: { invariants: ["no_faults"] } });
    const seeds = [...Array(20).keys()];
    const jittered = { base_latency_ms: 10, latency_variance: 0.9 };
    expect(
      seeds.some(
        (seed) =>
          received(jittered, seed).outcome === "faulted" || received(jittered, seed).violations.length > 0,
      ),
    ).toBe(true);
    expect(
      seeds.every((seed) => received({ ...jittered, ordered: true }, seed).outcome === "completed"),
    ).toBe(true);
    expect(seeds.some((seed) => received({ reorder_probability: 0.5 }, seed).violations.length > 0)).toBe(
      true,
    );
  });

  it("corrupts what it carries", () => {
    const result = ran(one, {
      payload: [{ role: "A", message: "M", value: 7 }],
      network: { corruption_probability: 1 },
    });
    expect(result.trace.find(({ event }) => event.kind === "received")?.event).toMatchObject({
      payload: { value: 8n },
    });
    expect(result.statistics.corrupted).toBe(1);
  });
});

describe("an adversary", () => {
  it("that withholds spends its budget and says what assumption failed", () => {
    const result = ran(burst, adversary({ type: "withholding" }));
    expect(result.statistics).toMatchObject({ sent: 4, lost: 1 });
    expect(result.incidents.filter(({ kind }) => kind !== "dropped").map(({ kind }) => kind)).toEqual([
      "activated",
      "consumed",
      "exhausted",
      "assumption",
      "assumption",
    ]);
    expect(incidents(result, "assumption")).toMatchObject([
      { failure: "budget_exhaustion" },
      { failure: "fairness_failure" },
    ]);
  });

  it("with a window acts within its quota", () => {
    const result = ran(
      burst,
      adversary(
        { type: "timing_disturbance", ticks: 40 },
        { total: 9, mode: "windowed", window_ticks: 1_000, max_per_window: 2 },
      ),
    );
    expect(incidents(result, "consumed")).toHaveLength(2);
    const narrow = adversary(
      { type: "timing_disturbance", ticks: 40 },
      { total: 9, mode: "windowed", window_ticks: 1, max_per_window: 2 },
    );
    expect(incidents(ran(burst, narrow), "consumed")).toHaveLength(4);
  });

  it("beside another delays by the longer of the two", () => {
    const delay = (ticks: number) => ({
      action: { type: "timing_disturbance", ticks },
      budget: { total: 1 },
    });
    const result = ran(one, { adversaries: [delay(3), delay(5)] });
    expect(incidents(result, "arrived")).toMatchObject([{ ticks: 5 }]);
  });

  it("bursts once it has begun", () => {
    const correlated = { total: 9, mode: "correlated", probability: 1, burst_ticks: 1_000 };
    const result = ran(burst, { ...adversary({ type: "withholding" }, correlated), checkpoint_interval: 1 });
    expect(result.statistics.lost).toBe(4);
    expect(result.checkpoints.at(-1)?.state.rng.adversary.words).toBe(0);
  });

  it("spends a unit even when its own dice do nothing", () => {
    const quiet = { type: "byzantine_interference", withholding_probability: { raw: 1 } };
    const result = ran(one, adversary(quiet));
    expect(incidents(result, "consumed")).toHaveLength(1);
    expect(result.outcome).toBe("completed");
  });

  it("that crashes a role keeps it for its duration", () => {
    const result = ran(
      one,
      adversary({ type: "crash", role: "B", duration: 5 }, {}, { trigger: { at_tick: 3 } }),
    );
    const at = (kind: string) => result.trace.find(({ event }) => event.kind === kind)?.at;
    expect([at("paused"), at("resumed")]).toEqual([3, 8]);
    expect(result.outcome).toBe("completed");
    const forever = ran(one, adversary({ type: "crash", role: "B" }));
    expect(forever).toMatchObject({ outcome: "stuck", statistics: { received: 0, crashes: 1 } });
  });

  it("substitutes messages, and the receiver notices one it does not expect", () => {
    const forged = ran(burst, {
      ...adversary({ type: "substitution", message: "Two", label: "Four" }),
      properties: { invariants: ["no_faults"] },
    });
    expect(forged.violations).toMatchObject([{ property: "no_faults" }]);
    const wrong = ran(one, adversary({ type: "substitution", payload: 99 }));
    expect(wrong.trace.find(({ event }) => event.kind === "received")?.event).toMatchObject({
      payload: { value: 99n },
    });
  });

  it("waits for its event, its step or its dice", () => {
    const on = (trigger: RawScenario) => ran(burst, adversary({ type: "withholding" }, {}, { trigger }));
    const dropped = (result: SimulationResult) =>
      incidents(result, "dropped").map((one) => "label" in one && one.label);
    expect(dropped(on({ on_event: { kind: "sent", message: "Two" } }))).toEqual(["Three"]);
    expect(dropped(on({ on_event: { kind: " Sent ", role: "B" } }))).toEqual(["Two"]);
    expect(dropped(on({ on_event: { kind: "faulted" } }))).toEqual([]);
    expect(dropped(on({ random: 1 }))).toEqual(["One"]);
    expect(dropped(on({ random: 0 }))).toEqual([]);
    expect(dropped(on({ after_step: 1_000 }))).toEqual([]);
  });
});

describe("a fault of the script", () => {
  it("hits one message, whatever the seed", () => {
    const fault = (row: RawScenario) => ran(one, { faults: [{ from: "A", to: "B", nth: 0, ...row }] });
    expect(fault({ do: "drop" })).toMatchObject({ outcome: "stuck", statistics: { lost: 1 } });
    expect(incidents(fault({ do: "delay", ms: "2s" }), "arrived")).toMatchObject([{ ticks: 2000 }]);
    expect(fault({ do: "replace", label: "X" }).outcome).toBe("faulted");
    expect(fault({ do: "corrupt" }).statistics.corrupted).toBe(1);
    expect(readScenario({ name: "x", faults: [{ from: "A", to: "B", do: "lose" }] })).toMatchObject({
      ok: false,
      errors: [{ kind: "unknown-word", path: "faults[0].do" }],
    });
  });
});
