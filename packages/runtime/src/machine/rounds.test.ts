import type { MachineEvent } from "@parley/wire";
import { describe, expect, test } from "vitest";
import { opened } from "../testing/driven-run.ts";
import { back, end, imageOfTypes, loop, par, recv, send } from "../testing/small-types.ts";
import { commit, type RoundOutcome } from "./commit.ts";
import { closeSession, inject, pauseRole, resumeRole } from "./controls.ts";
import { machineHashes } from "./hash.ts";
import { enabled, inspectCoroutines, inspectEdges } from "./inspect.ts";
import { openSession } from "./open.ts";
import { plan } from "./plan.ts";
import type { Answers } from "./request.ts";
import type { Machine } from "./state.ts";
import { applyTopology } from "./topology.ts";
import { wakeDenied, wakeFor } from "./wake.ts";

const allow: Answers = { guard: { allow: true } };
const step = (machine: Machine, answers: Answers = allow): RoundOutcome =>
  commit(machine, plan(machine), answers);

/** Rounds until nobody can run; answers what happened. */
const run = (machine: Machine, answers: Answers = allow, max = 200): readonly MachineEvent[] => {
  const events: MachineEvent[] = [];
  for (let i = 0; i < max; i += 1) {
    const outcome = step(machine, answers);
    events.push(...outcome.events);
    if (outcome.status === "stuck" || outcome.done) break;
  }
  return events;
};

const choice = imageOfTypes({
  A: send("B", { yes: {}, no: { next: recv("B", { why: {} }) } }),
  B: recv("A", { yes: {}, no: { next: send("A", { why: {} }) } }),
});
const nat = { text: "Amount", sort: "Nat" } as const;
const priced = imageOfTypes({
  A: send("B", { price: { payload: nat } }),
  B: recv("A", { price: { payload: nat } }),
});
const hello = imageOfTypes({ A: send("B", { hi: {} }), B: recv("A", { hi: {} }) });

describe("decisions and payloads", () => {
  test("a decision nobody made blocks, and goes on when it is made", () => {
    const machine = opened(choice);
    const asked = plan(machine);
    expect(asked.requests).toMatchObject([
      { kind: "decision", role: "A", endpoint: "", step: 0, options: [{ label: "yes" }, { label: "no" }] },
    ]);
    expect(commit(machine, asked).status).toBe("blocked");
    run(machine);
    expect(enabled(machine).requests).toHaveLength(1);
    expect(wakeFor(machine, "A", "")).toBe(1);
    const events = run(machine, { ...allow, label: "no" });
    expect(events.filter((event) => event.kind === "offered")).toMatchObject([{ label: "no" }]);
    expect(events.at(-1)).toMatchObject({ kind: "completed" });
  });

  test("a payload of a declared type is asked for and must have it", () => {
    const machine = opened(priced);
    expect(plan(machine).requests.map((request) => request.kind)).toEqual(["payload", "guard"]);
    expect(step(machine).events).toMatchObject([
      { kind: "blocked", reason: { kind: "payload", label: "price", type: "Amount" } },
    ]);
    wakeFor(machine, "A", "");
    const events = run(machine, { ...allow, payload: { kind: "nat", value: 3 } });
    expect(events.filter((event) => event.kind === "received")).toMatchObject([
      { payload: { kind: "nat", value: 3 } },
    ]);
    const wrong = step(opened(priced), { ...allow, payload: { kind: "bool", value: true } });
    expect(wrong.status).toBe("faulted");
  });

  test("a choice carries its declared payload beside its label", () => {
    const ways = { buy: { payload: nat }, leave: {} };
    const machine = opened(imageOfTypes({ A: send("B", ways), B: recv("A", ways) }));
    run(machine, { ...allow, label: "buy", payload: { kind: "nat", value: 7 } });
    expect(inspectCoroutines(machine)[1]?.registers[1]).toEqual({ kind: "nat", value: 7 });
  });
});

describe("guards", () => {
  test("a denial moves no message, changes no protocol hash, and is asked again after a wake", () => {
    const machine = opened(hello);
    const before = machineHashes(machine);
    const denied = step(machine, {
      guard: {
        allow: false,
        verdicts: [{ guard: "flow", allow: false, reason: "spent", read: {} }],
      },
    });
    expect(denied.events).toMatchObject([
      { kind: "blocked", reason: { kind: "denied", guard: "flow", reason: "spent" } },
    ]);
    expect(machineHashes(machine).protocol).toBe(before.protocol);
    expect(machineHashes(machine).state).not.toBe(before.state);
    run(machine);
    expect(plan(machine).kind).toBe("stuck");
    expect(wakeDenied(machine, "B")).toBe(0);
    expect(wakeDenied(machine, "A")).toBe(1);
    expect(run(machine).at(-1)).toMatchObject({ kind: "completed" });
  });

  test("a verdict nobody gave is a denial; a control frame needs none", () => {
    expect(step(opened(hello), {}).status).toBe("blocked");
    const control = { $scope: { control: "loop" } };
    const told = opened(imageOfTypes({ A: send("B", control), B: recv("A", control) }));
    expect(plan(told).requests).toEqual([]);
    expect(step(told, {}).events).toMatchObject([{ kind: "sent", control: "loop" }]);
  });
});

describe("edges", () => {
  test("a full edge asks for nothing and wakes its sender when there is room", () => {
    const image = imageOfTypes({
      A: send("B", { x: { next: send("B", { y: {} }) } }),
      B: recv("C", { go: { next: recv("A", { x: { next: recv("A", { y: {} }) } }) } }),
      C: send("B", { go: {} }),
    });
    const machine = opened(image, { buffers: { mode: "fifo", capacity: 1, full: { kind: "block" } } });
    const events = run(machine);
    expect(events.some((event) => event.kind === "blocked" && event.reason.kind === "full")).toBe(true);
    expect(events.at(-1)).toMatchObject({ kind: "completed" });
  });

  test("a receiver is woken by its own edge only", () => {
    const image = imageOfTypes({
      A: recv("B", { never: {} }),
      B: recv("A", { never: {} }),
      C: send("A", { noise: {} }),
    });
    const machine = opened(image);
    run(machine);
    expect(plan(machine).kind).toBe("stuck");
    expect(inspectEdges(machine).find((edge) => edge.from === "C")?.frames).toHaveLength(1);
  });

  test("a frame with another label faults its reader and stays at the head", () => {
    const machine = opened(hello);
    inject(machine, { sid: 0, from: "A", to: "B", label: "bye", payload: { kind: "unit" } });
    const events = run(machine);
    expect(events.find((event) => event.kind === "faulted")).toMatchObject({
      role: "B",
      fault: { code: "machine.fault.label", fields: { label: "bye", blame: "edge" } },
    });
    expect(inspectEdges(machine)[0]?.frames.map((frame) => frame.label)).toEqual(["bye", "hi"]);
  });

  test("sends and offers are numbered by one count", () => {
    const ways = { l: { next: send("B", { b: {} }) }, r: {} };
    const back2 = { l: { next: recv("A", { b: {} }) }, r: {} };
    const machine = opened(
      imageOfTypes({
        A: send("B", { a: { next: send("B", ways) } }),
        B: recv("A", { a: { next: recv("A", back2) } }),
      }),
      { replay: "sequence" },
    );
    const sent = run(machine, { ...allow, label: "l" }).filter((event) => event.kind === "sent");
    expect(sent.map((event) => event.kind === "sent" && event.seq)).toEqual([0, 1, 2]);
  });
});

describe("parallel arms", () => {
  const image = imageOfTypes({
    A: loop(
      "x",
      send("B", {
        go: { next: par([send("B", { p: {} }), send("C", { q: {} })], back("x")) },
        stop: { next: send("C", { stop: {} }) },
      }),
    ),
    B: loop("x", recv("A", { go: { next: recv("A", { p: { next: back("x") } }) }, stop: {} })),
    C: loop("x", recv("A", { q: { next: back("x") }, stop: {} })),
  });

  test("run as children after the role coroutines, and step numbers never repeat lap after lap", () => {
    const machine = opened(image);
    const seen = new Map<string, number[]>();
    let forks = 0;
    for (let i = 0; i < 60 && forks < 3; i += 1) {
      const outcome = step(machine, { ...allow, label: "go" });
      for (const event of outcome.events) {
        if (event.kind !== "forked") continue;
        forks += 1;
        expect(event.children).toHaveLength(2);
        for (const view of inspectCoroutines(machine).filter((one) => one.endpoint !== ""))
          seen.set(view.endpoint, [...(seen.get(view.endpoint) ?? []), view.step]);
      }
    }
    for (const steps of seen.values()) expect(new Set(steps).size).toBe(3);
    expect([...seen.keys()]).toEqual(["0", "1"]);
  });

  test("keep the machine small: joined children are forgotten", () => {
    const machine = opened(image);
    for (let i = 0; i < 2000; i += 1) step(machine, { ...allow, label: "go" });
    expect(machine.coroutines.size).toBeLessThanOrEqual(5);
  });
});

describe("sessions", () => {
  test("complete, stop counting and refuse everything", () => {
    const machine = opened(hello, { maxSessions: 1 });
    expect(openSession(machine)).toMatchObject({ ok: false, error: { kind: "too-many-sessions" } });
    run(machine);
    expect(openSession(machine)).toMatchObject({ ok: true, sid: 1 });
    const late = inject(machine, { sid: 0, from: "A", to: "B", label: "hi", payload: { kind: "unit" } });
    expect(late).toMatchObject({ ok: false, error: { kind: "session-ended" } });
    expect(closeSession(machine, 0)).toMatchObject({ ok: false });
    expect(closeSession(machine, 9)).toEqual({ ok: false, error: { kind: "no-session", sid: 9 } });
  });

  test("closing ends whoever waits and empties the edges", () => {
    const machine = opened(imageOfTypes({ A: recv("B", { x: {} }), B: recv("A", { y: {} }) }));
    step(machine);
    expect(closeSession(machine, 0)).toMatchObject({ ok: true, events: [{ kind: "closed", sid: 0 }] });
    expect(plan(machine).kind).toBe("allDone");
  });

  test("are refused whole when there is no room for their coroutines", () => {
    const machine = opened(hello, { maxCoroutines: 3 });
    expect(openSession(machine)).toEqual({ ok: false, error: { kind: "too-many-coroutines", max: 3 } });
    expect(machine.coroutines.size).toBe(2);
  });

  test("a role without anything to do halts at once", () => {
    expect(run(opened(imageOfTypes({ A: end }))).map((event) => event.kind)).toEqual(["halted", "completed"]);
  });
});

describe("the world outside", () => {
  test("a paused role holds its place until its turn comes, then goes to the tail", () => {
    const machine = opened(hello);
    pauseRole(machine, "A");
    expect(step(machine).coroutine).toBe(1);
    expect(plan(machine).kind).toBe("stuck");
    expect(resumeRole(machine, "A")).toMatchObject([{ kind: "resumed", role: "A" }]);
    expect(run(machine).at(-1)).toMatchObject({ kind: "completed" });
  });

  test("a partition blocks a decision as it blocks a send, without asking a guard", () => {
    const machine = opened(choice);
    applyTopology(machine, { kind: "partition", from: "A", to: "B" });
    expect(step(machine, { ...allow, label: "yes" }).events).toMatchObject([
      { kind: "blocked", reason: { kind: "topology" } },
    ]);
    run(machine);
    expect(plan(machine).kind).toBe("stuck");
    applyTopology(machine, { kind: "heal", from: "B", to: "A" });
    expect(run(machine, { ...allow, label: "yes" }).at(-1)).toMatchObject({ kind: "completed" });
  });

  test("a plan for an older state is refused", () => {
    const machine = opened(hello);
    const old = plan(machine);
    pauseRole(machine, "B");
    expect(() => commit(machine, old, allow)).toThrow(/another state/);
  });

  test("a blocked attempt costs no credits", () => {
    const machine = opened(hello, { credits: 5 });
    step(machine, {});
    expect(inspectCoroutines(machine)[0]?.credits).toBe(5);
    wakeDenied(machine);
    run(machine);
    expect(inspectCoroutines(machine).map((view) => view.credits)).toEqual([3, 3]);
  });
});
