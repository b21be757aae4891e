import type { MachineEvent } from "@parley/wire";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { causalOrder } from "./causal-order.ts";
import { compareTraces } from "./compare-traces.ts";
import { commute, normalise } from "./normalise.ts";

const sent = (tick: number, from: string, to: string, seq: number, sid = 0): MachineEvent => ({
  kind: "sent",
  tick,
  edge: { sid, from, to },
  seq,
  label: "M",
  payload: { kind: "unit" },
  edgeId: "0",
});
const received = (tick: number, from: string, to: string, seq: number, sid = 0): MachineEvent => ({
  ...(sent(tick, from, to, seq, sid) as Extract<MachineEvent, { kind: "sent" | "received" }>),
  kind: "received",
});
const halted = (tick: number): MachineEvent => ({ kind: "halted", tick, coroutine: 0, role: "A" });

const anyEvent = fc.oneof(
  fc.tuple(fc.nat(50), fc.nat(2), fc.nat(5)).map(([tick, sid, seq]) => sent(tick, "A", "B", seq, sid)),
  fc.nat(50).map(halted),
);
const anyTrace = fc.array(anyEvent, { maxLength: 30 });
const run = (events: readonly MachineEvent[]) => ({ events, reads: [] });

describe("normal forms", () => {
  it("number the events of each session and leave the others alone", () => {
    const events = [sent(3, "A", "B", 0, 1), halted(4), sent(5, "A", "B", 0, 0), sent(9, "A", "B", 1, 1)];
    expect(normalise(events).map(({ tick }) => tick)).toEqual([0, 4, 0, 1]);
  });

  it("are reached once: normalising or commuting again changes nothing", () => {
    fc.assert(
      fc.property(anyTrace, (events) => {
        expect(normalise(normalise(events))).toEqual(normalise(events));
        expect(commute(commute(events))).toEqual(commute(events));
      }),
    );
  });

  it("take one event a session in turn, between barriers", () => {
    const s1a = sent(1, "A", "B", 0, 1);
    const s1b = sent(2, "A", "B", 1, 1);
    const s0a = sent(3, "A", "B", 0, 0);
    const order = commute([s1a, s1b, s0a]).map((e) => (e.kind === "sent" ? `${e.edge.sid}.${e.seq}` : ""));
    expect(order).toEqual(["0.0", "1.0", "1.1"]);
  });
});

describe("equivalence", () => {
  it("holds of every run with itself, in every mode", () => {
    fc.assert(
      fc.property(anyTrace, (events) => {
        for (const mode of ["full", "replay", "moduloEffects", "moduloCommutativity"] as const)
          expect(compareTraces(run(events), run(events), mode)).toEqual({ equal: true });
      }),
    );
  });

  it("is coarser from mode to mode", () => {
    fc.assert(
      fc.property(anyTrace, anyTrace, (a, b) => {
        const equal = (mode: Parameters<typeof compareTraces>[2]) =>
          compareTraces(run(a), run(b), mode).equal;
        if (equal("replay")) expect(equal("moduloEffects")).toBe(true);
        if (equal("moduloEffects")) expect(equal("moduloCommutativity")).toBe(true);
      }),
    );
  });

  it("names the first place where two runs part", () => {
    const left = run([sent(1, "A", "B", 0), sent(2, "A", "B", 1)]);
    const right = run([sent(1, "A", "B", 0), halted(2)]);
    const found = compareTraces(left, right, "replay");
    expect(found).toMatchObject({ equal: false, in: "events", at: { index: 1, right: { kind: "halted" } } });
    expect(compareTraces(left, run(left.events.slice(0, 1)), "replay")).toMatchObject({
      at: { index: 1, right: undefined },
    });
    const read = { kind: "id" as const, purpose: "x", id: "1" };
    expect(compareTraces(left, { ...left, reads: [read] }, "full")).toMatchObject({ in: "reads" });
  });
});

describe("causal order", () => {
  const events = [
    sent(1, "A", "B", 0),
    sent(2, "C", "D", 0),
    received(3, "A", "B", 0),
    sent(4, "B", "C", 0),
    received(5, "B", "C", 0),
    received(6, "C", "D", 0),
  ].map((event, seq) => ({ seq, event }));
  const order = causalOrder(events);

  it("knows a receipt by its message and by what its role did before", () => {
    expect(order.causes(2)).toEqual([{ kind: "message", index: 0 }]);
    expect(order.causes(4)).toEqual([
      { kind: "before", index: 1 },
      { kind: "message", index: 3 },
    ]);
  });

  it("leaves out of an event's past what it did not need", () => {
    expect([...order.past(3)].sort()).toEqual([0, 2, 3]);
    expect([...order.past(5)].sort()).toEqual([1, 5]);
  });

  it("puts a parallel arm after its fork and the join after its arms", () => {
    const parallel: MachineEvent[] = [
      { kind: "forked", tick: 1, coroutine: 0, role: "A", children: [1, 2] },
      { ...(sent(2, "A", "B", 0) as Extract<MachineEvent, { kind: "sent" | "received" }>), endpoint: "0" },
      { ...(sent(3, "A", "C", 0) as Extract<MachineEvent, { kind: "sent" | "received" }>), endpoint: "1" },
      { kind: "joined", tick: 4, coroutine: 0, role: "A", children: [1, 2] },
    ];
    const arms = causalOrder(parallel.map((event, seq) => ({ seq, event })));
    expect(arms.causes(1)).toEqual([{ kind: "arm", index: 0 }]);
    expect([...arms.past(2)].sort()).toEqual([0, 2]);
    expect([...arms.past(3)].sort()).toEqual([0, 1, 2, 3]);
  });

  it("never puts an event before its causes", () => {
    fc.assert(
      fc.property(anyTrace, (trace) => {
        const made = causalOrder(trace.map((event, seq) => ({ seq, event })));
        trace.forEach((_, index) => {
          for (const cause of made.causes(index)) expect(cause.index).toBeLessThan(index);
        });
      }),
    );
  });
});
