import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RawScenario } from "./raw-scenario.ts";
import { readScenario } from "./read-scenario.ts";

const roles = ["A", "B", "C"];
const errorsOf = (raw: RawScenario) => {
  const read = readScenario({ name: "t", ...raw });
  return read.ok ? [] : read.errors;
};
const crash = (budget: RawScenario): RawScenario => ({
  roles,
  adversaries: [{ trigger: {}, action: { type: "crash", role: "A" }, budget }],
});
const adversary = (action: RawScenario, more: RawScenario = {}): RawScenario => ({
  roles,
  adversaries: [{ action, budget: { total: 1n }, ...more }],
});
const reconfiguration = (action: RawScenario, effect: RawScenario = {}): RawScenario => ({
  roles,
  reconfigurations: [{ action, effect }],
});
const invariant = (text: string): RawScenario => ({ properties: { invariants: [text] } });
const liveness = (precondition: string): RawScenario => ({
  properties: { liveness: [{ name: "l", precondition, goal: "tick > 1", bound: 3 }] },
});

describe("a scenario that is wrong", () => {
  it.each<readonly [string, RawScenario, string, RegExp]>([
    ["an empty name", { name: "" }, "name", /name must not be empty/],
    ["NUL in its name", { name: "a\u0000" }, "name", /must not contain NUL/],
    ["a path for a name", { name: "a/b" }, "name", /single safe path component/],
    ["dots for a name", { name: ".." }, "name", /single safe path component/],
    ["a blank in its name", { name: "a b" }, "name", /may only contain ASCII letters/],
    ["no role", { roles: [] }, "roles", /at least one role/],
    ["a blank role", { roles: [" "] }, "roles", /empty role names/],
    ["a role twice", { roles: ["A", "A"] }, "roles", /duplicate role in scenario.roles: A/],
    ["no seed", { seed: -1 }, "seed", /below 2\^64/],
    [
      "workers for one machine",
      { execution: { backend: "canonical", worker_threads: 2n } },
      "execution.worker_threads",
      /canonical simulator backend requires scheduler_concurrency = 1 and worker_threads = 1/,
    ],
    [
      "a wave for one machine",
      { execution: { scheduler_concurrency: 2 } },
      "execution.scheduler_concurrency",
      /canonical simulator backend/,
    ],
    ["no worker", { execution: { worker_threads: 0 } }, "execution.worker_threads", />= 1/],
    ["an interval of 0", { checkpoint_interval: 0 }, "checkpoint_interval", /must be > 0/],
    [
      "checkpoints of threads",
      { execution: { backend: "threaded" }, checkpoint_interval: 5 },
      "execution.backend",
      /checkpoints currently require the canonical simulator backend/,
    ],
    [
      "a log without checkpoints",
      { durability: { mode: "wal" } },
      "durability.mode",
      /requires checkpoint_interval/,
    ],
    [
      "a negative variance",
      { network: { latency_variance: -0.5 } },
      "network.latency_variance",
      /non-negative/,
    ],
    ["a chance above 1", { network: { loss_probability: 1.5 } }, "network.loss_probability", /in \[0,1\]/],
    [
      "a link to nobody",
      { roles, network: { links: [{ from: "A", to: "Z" }] } },
      "network.links[0].to",
      /unknown to-role Z/,
    ],
    [
      "a link from nobody",
      { roles, network: { links: [{ from: "Z", to: "A" }] } },
      "network.links[0].from",
      /unknown from-role Z/,
    ],
    [
      "a link to itself",
      { roles, network: { links: [{ from: "A", to: "A" }] } },
      "network.links[0].to",
      /identical from\/to role/,
    ],
    [
      "a pure change that costs",
      reconfiguration({ type: "link", from: "A", to: "B" }, { budget_cost: 1 }),
      "reconfigurations[0].effect.budget_cost",
      /must not consume transition budget/,
    ],
    [
      "a transition for nothing",
      reconfiguration({ type: "link", from: "A", to: "B" }, { kind: "transition_choreography" }),
      "reconfigurations[0].effect.budget_cost",
      /must declare budget_cost > 0/,
    ],
    [
      "a nameless federation",
      reconfiguration({ type: "federation", federation: " ", groups: [["A"]] }),
      "reconfigurations[0].action.federation",
      /federation name must not be empty/,
    ],
    [
      "a federation of nobody",
      reconfiguration({ type: "federation", federation: "f" }),
      "reconfigurations[0].action.groups",
      /must define at least one group/,
    ],
    [
      "an empty group",
      reconfiguration({ type: "federation", federation: "f", groups: [[]] }),
      "reconfigurations[0].action.groups",
      /groups\[0\] must not be empty/,
    ],
    [
      "a role in two groups",
      reconfiguration({ type: "federation", federation: "f", groups: [["A"], ["A", "B"]] }),
      "reconfigurations[0].action.groups",
      /appears in multiple groups/,
    ],
    [
      "groups of a disabled federation",
      reconfiguration({ type: "federation", federation: "f", enabled: false, groups: [["A"]] }),
      "reconfigurations[0].action.groups",
      /must not declare groups/,
    ],
    [
      "two conditions",
      adversary({ type: "withholding" }, { trigger: { at_tick: 1, immediate: true } }),
      "adversaries[0].trigger",
      /exactly one condition/,
    ],
    [
      "an event there is none of",
      adversary({ type: "withholding" }, { trigger: { on_event: { kind: "Offered" } } }),
      "adversaries[0].trigger.on_event.kind",
      /unsupported on_event kind/,
    ],
    [
      "a budget of nothing",
      adversary({ type: "withholding" }, { budget: { total: 0 } }),
      "adversaries[0].budget.total",
      /budget.total must be > 0/,
    ],
    [
      "a blank id",
      adversary({ type: "withholding" }, { id: "" }),
      "adversaries[0].id",
      /id must not be empty/,
    ],
    [
      "a window of 0",
      adversary(
        { type: "withholding" },
        { budget: { total: 1, mode: "windowed", window_ticks: 0, max_per_window: 1 } },
      ),
      "adversaries[0].budget.window_ticks",
      /window_ticks must be > 0/,
    ],
    [
      "a quota of 0",
      adversary(
        { type: "withholding" },
        { budget: { total: 1, mode: "windowed", window_ticks: 1, max_per_window: 0 } },
      ),
      "adversaries[0].budget.max_per_window",
      /max_per_window must be > 0/,
    ],
    [
      "a burst of 0",
      adversary(
        { type: "withholding" },
        { budget: { total: 1, mode: "correlated", probability: 1, burst_ticks: 0 } },
      ),
      "adversaries[0].budget.burst_ticks",
      /burst_ticks must be > 0/,
    ],
    ["two crashes", crash({ total: 2 }), "adversaries[0].budget.total", /must declare total = 1/],
    [
      "a windowed crash",
      crash({ total: 1, mode: "windowed", window_ticks: 1, max_per_window: 1 }),
      "adversaries[0].budget.mode",
      /must use budget.mode/,
    ],
    [
      "a crash of nobody",
      adversary({ type: "crash", role: "Z" }),
      "adversaries[0].action.role",
      /crash references unknown role Z/,
    ],
    [
      "interference without effect",
      adversary({ type: "byzantine_interference" }),
      "adversaries[0].action",
      /at least one effect/,
    ],
    ["an unknown property", invariant("safe"), "properties.invariants", /unknown property: safe/],
    [
      "a bound without session",
      invariant("buffer_bound(1)"),
      "properties.invariants",
      /buffer_bound requires \(sid,max\)/,
    ],
    ["a session that is none", invariant("buffer_bound(x,1)"), "properties.invariants", /invalid session id/],
    ["a bound that is none", invariant("buffer_bound(0,x)"), "properties.invariants", /invalid max/],
    [
      "liveness without bound",
      invariant("send_recv_liveness(0)"),
      "properties.invariants",
      /send_recv_liveness requires \(sid,bound\)/,
    ],
    [
      "monotonicity of no session",
      invariant("type_monotonicity()"),
      "properties.invariants",
      /type_monotonicity requires \(sid\)/,
    ],
    [
      "a predicate that is none",
      liveness("tick ~ 3"),
      "properties.liveness[0].precondition",
      /unsupported predicate/,
    ],
    [
      "an arrow for a comparison",
      liveness("tick => 3"),
      "properties.liveness[0].precondition",
      /unsupported predicate/,
    ],
    ["numeric state", invariant("simplex"), "properties.invariants", /numeric state/],
    ["a fault of nothing", { faults: [{ from: "A", to: "B", nth: 0 }] }, "faults[0].do", /is missing/],
    ["a row that is no table", { decide: ["A"] }, "decide[0]", /is the text "A"/],
  ])("with %s is told so, by path", (_, raw, path, words) => {
    const errors = errorsOf(raw);
    expect(errors.map((error) => error.path)).toContain(path);
    const found = errors.find((error) => error.path === path && words.test(error.reason));
    expect(found?.code).toMatch(/^PAR81\d\d$/);
    expect(found?.fix).not.toBe("");
  });

  it("with a misspelt key is told the nearest one", () => {
    expect(errorsOf({ network: { los_probability: 0.1 } })).toMatchObject([
      { kind: "unknown-key", path: "network.los_probability", fix: "Write loss_probability." },
    ]);
    expect(errorsOf({ output: {} })).toMatchObject([{ kind: "unknown-key", path: "output" }]);
    expect(errorsOf({ policy: "frist" })).toMatchObject([{ kind: "unknown-word", fix: "Write first." }]);
  });

  it("hears of everything at once, in the order of the rules", () => {
    const paths = errorsOf({
      name: "a b",
      roles: ["A", "A"],
      checkpoint_interval: 0,
      network: { loss_probability: 2.5 },
      adversaries: [{ action: { type: "crash", role: "Z" }, budget: { total: 1 } }],
      properties: { invariants: ["x"] },
    }).map(({ path }) => path);
    expect(paths).toEqual([
      "name",
      "roles",
      "checkpoint_interval",
      "network.loss_probability",
      "adversaries[0].action.role",
      "properties.invariants",
    ]);
  });

  it("never makes the reader throw, whatever it is", () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 4 }),
        fc.constantFrom("network", "adversaries", "properties", "expect", "decide", "families"),
        (value, key) => {
          for (const raw of [value, { name: "x", [key]: value }, { name: "x", [key]: [value] }])
            expect(typeof readScenario(raw).ok).toBe("boolean");
        },
      ),
    );
  });
});

describe("a scenario that is right", () => {
  it("has the defaults of the format", () => {
    const read = readScenario({ name: "calm" });
    expect(read).toMatchObject({
      ok: true,
      scenario: { steps: 10_000, seed: 0n, policy: "first", scheduler: "auto", properties: [], roles: [] },
    });
  });

  it("reads readable numbers and the reference's", () => {
    const network = (raw: RawScenario) => {
      const read = readScenario({ name: "n", network: raw });
      return read.ok ? read.scenario.network : undefined;
    };
    expect(network({ loss_probability: 0.05 })?.loss).toBe(214748365n);
    expect(network({ loss_probability: 214748365n })?.loss).toBe(214748365n);
    expect(network({ loss_probability: "0.05" })?.loss).toBe(214748365n);
    expect(network({ base_latency_ms: "1.5s" })?.latency).toBe(1500);
    expect(network({ base_latency_ms: 250n })?.latency).toBe(250);
    expect(network({ base_latency_ms: "250ms" })?.latency).toBe(250);
  });

  it("is read with every part a scenario may have", () => {
    const read = readScenario({
      name: "escrow_cutover",
      roles: ["Buyer", "Seller", "Arbiter"],
      steps: 40n,
      seed: 9n,
      checkpoint_interval: 10n,
      network: {
        base_latency_ms: 2n,
        loss_probability: "0.05",
        links: [{ from: "Buyer", to: "Arbiter", enabled: false }],
      },
      reconfigurations: [
        {
          trigger: { at_tick: 12n },
          action: { type: "federation", federation: "east", groups: [["Buyer", "Seller"], ["Arbiter"]] },
          effect: { kind: "transition_choreography", budget_cost: 3n },
        },
      ],
      adversaries: [
        {
          id: "burst",
          trigger: { on_event: { kind: "sent", role: "Seller" } },
          action: { type: "timing_disturbance", ticks: 4n },
          budget: { total: 6n, mode: "correlated", probability: "0.25", burst_ticks: 3n },
        },
      ],
      properties: {
        invariants: ["buffer_bound(0,4)", "send_recv_liveness(0,12)"],
        liveness: [{ name: "moves_on", precondition: "tick >= 3", goal: "tick > 30", bound: 40n }],
      },
    });
    expect(read).toMatchObject({
      ok: true,
      scenario: {
        seed: 9n,
        checkpointInterval: 10,
        reconfigurations: [{ id: "reconfiguration:0", kind: "federation", cost: 3 }],
        adversaries: [
          {
            id: "burst",
            total: 6,
            mode: { kind: "correlated", probability: 1n << 30n },
            failure: "fairness_failure",
          },
        ],
        properties: [{ name: "buffer_bound[0,4]" }, { name: "send_recv_liveness[0]" }, { name: "moves_on" }],
      },
    });
  });

  it("accepts what the checklist accepts", () => {
    expect(errorsOf(adversary({ type: "byzantine_interference", delay_ticks: 3 }))).toEqual([]);
    expect(errorsOf(adversary({ type: "withholding" }, { trigger: {} }))).toEqual([]);
    expect(
      errorsOf(adversary({ type: "withholding" }, { trigger: { immediate: false, at_tick: 3 } })),
    ).toEqual([]);
    expect(errorsOf(liveness("tick >= 3"))).toEqual([]);
    expect(errorsOf({ extensions: { anything: { goes: [1, "x"] } } })).toEqual([]);
    const ids = readScenario({
      name: "x",
      adversaries: [
        { action: { type: "withholding" }, budget: { total: 1 } },
        { id: "adversary:0", action: { type: "withholding" }, budget: { total: 1 } },
      ],
    });
    expect(ids.ok).toBe(true);
  });
});
