import { describe, expect, it } from "vitest";
import { imageOfText, ran } from "../testing/simulated.ts";
import type { RawScenario } from "./raw-scenario.ts";

/** Many messages on one edge before the first is needed. */
const burst = imageOfText(`module burst exposing (Burst)
protocol Burst =
  roles A, B
  A -> B : One
  A -> B : Two
  A -> B : Three
  A -> B : Four
`);

describe("a property", () => {
  const watched = (properties: RawScenario, more: RawScenario = {}) =>
    ran(burst, { properties, ...more }).violations;

  it("is reported once, at its first place, with what led there", () => {
    const [violation, ...more] = watched({ invariants: ["buffer_bound(0,0)"] });
    expect(more).toEqual([]);
    expect(violation).toMatchObject({
      property: "buffer_bound[0,0]",
      round: 1,
      index: 1,
      past: [1],
      when: "round",
    });
  });

  it("of liveness counts the checks from its arming", () => {
    const liveness = (bound: number, goal: string) =>
      watched({ liveness: [{ name: "l", precondition: "tick >= 1", goal, bound }] });
    expect(liveness(0, "tick > 1000")).toMatchObject([{ property: "l", round: 1 }]);
    expect(liveness(3, "tick > 1000")).toMatchObject([{ property: "l", round: 4 }]);
    expect(liveness(3, "tick > 2")).toEqual([]);
    expect(liveness(0, "tick >= 1")).toEqual([]);
  });

  it("of always, never and eventually holds as its word says", () => {
    expect(watched({ always: ["sent <= 4"], never: ["faults > 0"], eventually: ["B.done"] })).toEqual([]);
    expect(
      watched({ always: ["sent <= 2"], never: ["received(Two) > 0"], eventually: ["sent > 9"] }),
    ).toMatchObject([
      { property: "never: received(Two) > 0" },
      { property: "always: sent <= 2" },
      { property: "eventually: sent > 9", when: "end" },
    ]);
  });

  it("knows a session that stands still from one that waits for the world", () => {
    const never = { never: ["stuck"] };
    expect(watched(never, { network: { base_latency_ms: 50 } })).toEqual([]);
    expect(watched(never, { network: { loss_probability: 1 } })).toMatchObject([
      { property: "never: stuck" },
    ]);
  });

  it("of unreceived messages is measured in events of the session", () => {
    const lost = { faults: [{ from: "A", to: "B", nth: 3, do: "drop" }] };
    expect(watched({ invariants: ["send_recv_liveness(0,99)", "type_monotonicity(0)"] }, lost)).toEqual([]);
    expect(
      watched({ invariants: ["send_recv_liveness(0,1)"] }, { network: { base_latency_ms: 9 } }),
    ).toMatchObject([{ property: "send_recv_liveness[0]" }]);
  });

  it("that is expected to break makes the run pass, and fail when it does not", () => {
    const expected = { properties: { never: ["sent > 2"] }, expect: { violations: ["never: sent > 2"] } };
    expect(ran(burst, expected).verdict).toEqual({ passed: true, failures: [] });
    expect(ran(burst, { ...expected, network: {}, steps: 2 }).verdict.failures).toEqual([
      "never: sent > 2 was not violated",
    ]);
    expect(
      ran(burst, { expect: { outcome: "stuck", holds: ["sent == 4", "sent == 5"] } }).verdict.failures,
    ).toEqual(["the run ended completed, not stuck", "at the end not: sent == 5"]);
  });
});
