import type { MachineEvent } from "@parley/wire";
import { describe, expect, test } from "vitest";
import { opened } from "../testing/driven-run.ts";
import {
  act,
  back,
  end,
  imageOfTypes,
  loop,
  par,
  recv,
  send,
  timeout,
  within,
} from "../testing/small-types.ts";
import type { CodeImage } from "./code/image.ts";
import { commit } from "./commit.ts";
import { pauseRole, resumeRole } from "./controls.ts";
import { inspectCoroutines, inspectEdges } from "./inspect.ts";
import { plan } from "./plan.ts";
import type { Answers } from "./request.ts";
import type { Machine } from "./state.ts";
import { cancelScope, expireTimer, nextDeadline, runningTimers } from "./timers.ts";
import { wakeNow } from "./wake.ts";

const allow: Answers = { guard: { allow: true }, at: 100 };

/** Rounds until nobody can run. */
const run = (machine: Machine, answers: Answers = allow, max = 300): readonly MachineEvent[] => {
  const events: MachineEvent[] = [];
  for (let i = 0; i < max; i += 1) {
    const outcome = commit(machine, plan(machine), answers);
    events.push(...outcome.events);
    if (outcome.status === "stuck" || outcome.done) break;
  }
  return events;
};

const of = <K extends MachineEvent["kind"]>(events: readonly MachineEvent[], kind: K) =>
  events.filter((event): event is Extract<MachineEvent, { kind: K }> => event.kind === kind);

const frames = (machine: Machine): number =>
  inspectEdges(machine).reduce((sum, edge) => sum + edge.frames.length, 0);

const ended = (machine: Machine): void => {
  expect([...machine.sessions.values()].map(({ status }) => status.kind)).toEqual(["completed"]);
  expect(frames(machine)).toBe(0);
  expect(machine.sessions.get(0)?.timers.size).toBe(0);
};

/** A asks B within five seconds; when that fails, or is cancelled, A says so. */
const once = imageOfTypes({
  A: timeout("0", 5000, ["B"], send("B", { ask: { next: recv("B", { answer: {} }) } }), {
    done: send("B", { thanks: {} }),
    timeout: send("B", { pity: {} }),
    cancel: end,
  }),
  B: within("0", "A", recv("A", { ask: { next: send("A", { answer: {} }) } }), {
    done: recv("A", { thanks: {} }),
    timeout: recv("A", { pity: {} }),
    cancel: end,
  }),
});

/** As `once`, but B answers only once C has said something it never says. */
const stalled = (body: CodeImage | undefined = undefined): CodeImage =>
  body ??
  imageOfTypes({
    A: timeout("0", 5000, ["B", "C"], send("B", { ask: { next: recv("B", { answer: {} }) } }), {
      done: end,
      timeout: send("B", { pity: {} }),
      cancel: end,
    }),
    B: within(
      "0",
      "A",
      recv("A", { ask: { next: recv("C", { word: { next: send("A", { answer: {} }) } }) } }),
      {
        done: end,
        timeout: recv("A", { pity: {} }),
        cancel: end,
      },
    ),
    C: within("0", "A", send("B", { word: {}, never: { next: end } }), {
      done: end,
      timeout: end,
      cancel: end,
    }),
  });

describe("a timeout scope", () => {
  test("whose body ends in time is left as done, and its timer is gone", () => {
    const machine = opened(once);
    const events = run(machine);
    expect(of(events, "entered")).toMatchObject([
      { role: "A", scope: "0", lap: 0, timer: "0#0", deadline: 5100 },
      { role: "B", scope: "0", lap: 0, timer: "0#0" },
    ]);
    expect(of(events, "left").map(({ role, outcome }) => [role, outcome])).toEqual([
      ["B", "told"],
      ["A", "done"],
    ]);
    expect(of(events, "received").map(({ label }) => label)).toEqual(["ask", "answer", "0:done", "thanks"]);
    ended(machine);
  });

  test("that runs out is left by its owner at once, and by the others when they are told", () => {
    const machine = opened(stalled());
    run(machine);
    expect(nextDeadline(machine)).toBe(5100);
    expect(plan(machine).kind).toBe("stuck");
    expect(expireTimer(machine, 0, "0#0")).toMatchObject({ ok: true, events: [{ kind: "expired" }] });
    expect(nextDeadline(machine)).toBeUndefined();
    const events = run(machine);
    expect(of(events, "left").map(({ role, outcome }) => [role, outcome])).toEqual([
      ["A", "timeout"],
      ["B", "told"],
      ["C", "told"],
    ]);
    ended(machine);
  });

  test("can be cancelled where it handles that, and only while it runs", () => {
    const machine = opened(stalled());
    run(machine);
    expect(cancelScope(machine, 0, "0#7")).toEqual({ ok: false, error: { kind: "no-timer", timer: "0#7" } });
    expect(cancelScope(machine, 0, "0#0").ok).toBe(true);
    expect(expireTimer(machine, 0, "0#0")).toMatchObject({ ok: false, error: { kind: "no-timer" } });
    expect(of(run(machine), "left")[0]).toMatchObject({ role: "A", outcome: "cancel" });
    ended(machine);
  });

  test("without a handler refuses to be cancelled", () => {
    const machine = opened(
      imageOfTypes({
        A: timeout("0", 5, ["B"], recv("B", { x: {}, y: {} }), { done: end, timeout: end }),
        B: within("0", "A", send("A", { x: {}, y: {} }), { done: end, timeout: end }),
      }),
    );
    run(machine);
    expect(cancelScope(machine, 0, "0#0")).toMatchObject({ ok: false, error: { kind: "no-cancel" } });
  });

  test("discards the frames of the lap that was left, visibly, wherever they are", () => {
    const machine = opened(
      imageOfTypes({
        A: timeout(
          "0",
          5,
          ["B"],
          send("B", { one: { next: send("B", { two: { next: recv("B", { ok: {} }) } }) } }),
          {
            done: end,
            timeout: send("B", { over: {} }),
          },
        ),
        B: within(
          "0",
          "A",
          send("A", {
            ok: { next: recv("A", { one: { next: recv("A", { two: {} }) } }) },
            no: { next: end },
          }),
          { done: end, timeout: recv("A", { over: {} }) },
        ),
      }),
    );
    run(machine);
    expect(frames(machine)).toBe(2);
    expireTimer(machine, 0, "0#0");
    const events = run(machine);
    expect(of(events, "discarded").map(({ label, edge }) => [label, edge.to])).toEqual([
      ["one", "B"],
      ["two", "B"],
    ]);
    ended(machine);
  });

  test("completion that comes first in the log wins, and the timer is refused", () => {
    const machine = opened(once);
    for (let i = 0; i < 200; i += 1) {
      const { events } = commit(machine, plan(machine), allow);
      if (of(events, "left").some(({ role }) => role === "A")) break;
    }
    expect(expireTimer(machine, 0, "0#0").ok).toBe(false);
    expect(of(run(machine), "received").map(({ label }) => label)).toContain("thanks");
  });

  test("a timer that comes first wins over a body that has just ended", () => {
    const machine = opened(once);
    for (let i = 0; i < 200; i += 1) {
      const { events } = commit(machine, plan(machine), allow);
      if (of(events, "received").some(({ label }) => label === "answer")) break;
    }
    expect(expireTimer(machine, 0, "0#0").ok).toBe(true);
    const events = run(machine);
    expect(of(events, "left").filter(({ role }) => role === "A")).toMatchObject([{ outcome: "timeout" }]);
    expect(of(events, "received").map(({ label }) => label)).toEqual(["0:timeout", "pity"]);
    ended(machine);
  });
});

describe("frames about a scope", () => {
  test("pass a full edge, so that whoever does not read it is told all the same", () => {
    const machine = opened(stalled(), { buffers: { mode: "fifo", capacity: 1, full: { kind: "block" } } });
    pauseRole(machine, "B");
    run(machine);
    expect(inspectEdges(machine).find(({ from, to }) => from === "A" && to === "B")?.frames).toHaveLength(1);
    expireTimer(machine, 0, "0#0");
    run(machine);
    resumeRole(machine, "B");
    const events = run(machine);
    expect(of(events, "discarded").map(({ label }) => label)).toEqual(["ask"]);
    ended(machine);
  });

  test("of somebody who has left it already wait for those who have not been told yet", () => {
    const word = (label: string) => ({ [label]: {} });
    const image = imageOfTypes({
      O: timeout("0", 5, ["A", "D"], end, { done: end, timeout: end }),
      A: within("0", "O", send("D", { in: {}, never: {} }), {
        done: send("D", word("out")),
        timeout: send("D", word("out")),
      }),
      D: within("0", "O", recv("A", word("in")), {
        done: recv("A", word("out")),
        timeout: recv("A", word("out")),
      }),
    });
    const machine = opened(image);
    // The owner enters, its timer runs out, and D hears of it last.
    for (let i = 0; machine.sessions.get(0)?.timers.size === 0 && i < 20; i += 1)
      commit(machine, plan(machine), allow);
    expireTimer(machine, 0, "0#0");
    pauseRole(machine, "D");
    run(machine);
    const edge = machine.sessions.get(0)?.edges.find(({ name }) => name.from === "O" && name.to === "D");
    const late = edge?.frames.peek();
    edge?.frames.shift();
    resumeRole(machine, "D");
    expect(of(run(machine), "faulted")).toEqual([]);
    expect(of(run(machine), "received")).toEqual([]);
    if (edge === undefined || late === undefined) throw new Error("nobody told D");
    edge.frames.push(late);
    for (const coroutine of machine.coroutines.values())
      if (coroutine.role === machine.linked.roleIndex.get("D")) wakeNow(machine, coroutine);
    machine.version += 1;
    expect(of(run(machine), "received").map(({ label }) => label)).toEqual(["0:timeout", "out"]);
    ended(machine);
  });
});

describe("a retry", () => {
  const image = imageOfTypes({
    A: loop(
      "again",
      timeout("0", 1000, ["B"], send("B", { ask: { next: recv("B", { answer: {} }) } }), {
        done: end,
        timeout: back("again"),
      }),
    ),
    B: loop(
      "again",
      within("0", "A", recv("A", { ask: { next: send("A", { answer: {}, refuse: { next: end } }) } }), {
        done: end,
        timeout: back("again"),
      }),
    ),
  });

  test("arms its timer anew, once a lap", () => {
    const machine = opened(image);
    const timers: string[] = [];
    for (let lap = 0; lap < 4; lap += 1) {
      const entered = of(run(machine), "entered").filter(({ role }) => role === "A");
      expect(entered.map((event) => event.lap)).toEqual([lap]);
      const [timer] = runningTimers(machine);
      timers.push(timer?.id ?? "");
      expect(expireTimer(machine, 0, timer?.id ?? "").ok).toBe(true);
      expect(expireTimer(machine, 0, timer?.id ?? "").ok).toBe(false);
    }
    expect(timers).toEqual(["0#0", "0#1", "0#2", "0#3"]);
    run(machine, { ...allow, label: "answer" });
    ended(machine);
  });
});

describe("nested scopes", () => {
  const inner = (exits: Parameters<typeof timeout>[4]) =>
    timeout("0.body.0", 10, ["C"], recv("C", { never: {}, neither: {} }), exits);
  const image = imageOfTypes({
    A: loop("r", timeout("0", 100, ["B", "C"], recv("B", { fine: {} }), { done: end, timeout: back("r") })),
    B: loop(
      "r",
      within("0", "A", inner({ done: send("A", { fine: {} }), timeout: send("A", { fine: {} }) }), {
        done: end,
        timeout: back("r"),
      }),
    ),
    C: loop(
      "r",
      within(
        "0",
        "A",
        within("0.body.0", "B", send("B", { never: {}, neither: {} }), { done: end, timeout: end }),
        {
          done: end,
          timeout: back("r"),
        },
      ),
    ),
  });

  test("an outer exit takes everybody out of the inner one, and the next lap begins afresh for all", () => {
    const machine = opened(image);
    run(machine);
    expect(runningTimers(machine).map(({ id }) => id)).toEqual(["0#0/0.body.0#0", "0#0"]);
    expireTimer(machine, 0, "0#0");
    run(machine);
    expect(runningTimers(machine).map(({ id }) => id)).toEqual(["0#1/0.body.0#0", "0#1"]);
    expect(inspectCoroutines(machine).map(({ scopes }) => scopes.map(({ lap }) => lap))).toEqual([
      [1],
      [1, 0],
      [1, 0],
    ]);
    expireTimer(machine, 0, "0#1/0.body.0#0");
    const events = run(machine);
    expect(of(events, "left").map(({ role, outcome }) => [role, outcome])).toEqual([
      ["B", "timeout"],
      ["C", "told"],
      ["C", "told"],
      ["B", "told"],
      ["A", "done"],
    ]);
    ended(machine);
  });
});

describe("parallel arms", () => {
  test("inside a scope end when it is left", () => {
    const image = imageOfTypes({
      A: timeout("0", 5, ["B"], par([recv("B", { p: {}, q: {} }), send("C", { r: {} })]), {
        done: end,
        timeout: send("B", { sorry: {} }),
      }),
      B: within("0", "A", send("A", { p: {}, q: {} }), { done: end, timeout: recv("A", { sorry: {} }) }),
      C: within("0", "A", recv("A", { r: {} }), { done: end, timeout: end }),
    });
    const machine = opened(image);
    // C is told nothing here, so it stays in its scope: what matters is A and B.
    run(machine);
    expect(machine.coroutines.size).toBe(5);
    expireTimer(machine, 0, "0#0");
    const events = run(machine);
    expect(of(events, "left").map(({ role }) => role)).toEqual(["A", "B"]);
    expect(machine.coroutines.size).toBe(3);
  });

  test("do not run on in a scope that their parent must leave", () => {
    const say = act({ kind: "publish", event: "E" });
    const machine = opened(
      imageOfTypes({ A: timeout("0", 5, [], par([say, say]), { done: end, timeout: end }) }),
    );
    let forked = false;
    while (!forked) forked = of(commit(machine, plan(machine), allow).events, "forked").length > 0;
    expireTimer(machine, 0, "0#0");
    expect(plan(machine).requests).toEqual([]);
    const events = run(machine);
    expect(of(events, "performed")).toEqual([]);
    expect(of(events, "left")).toMatchObject([{ role: "A", outcome: "timeout" }]);
    ended(machine);
  });

  test("with a scope each have a timer of their own", () => {
    const arm = (scope: string, peer: string) =>
      timeout(scope, 5, [peer], recv(peer, { x: {}, y: {} }), { done: end, timeout: end });
    const other = (scope: string) =>
      within(scope, "A", send("A", { x: {}, y: {} }), { done: end, timeout: end });
    const machine = opened(
      imageOfTypes({ A: par([arm("0.0", "B"), arm("0.1", "C")]), B: other("0.0"), C: other("0.1") }),
    );
    run(machine);
    expect(runningTimers(machine).map(({ id }) => id)).toEqual(["0.0#0@0", "0.1#0@1"]);
    expireTimer(machine, 0, "0.1#0@1");
    expect(of(run(machine), "left").map(({ role, endpoint }) => [role, endpoint ?? ""])).toEqual([
      ["A", "1"],
      ["C", ""],
    ]);
    expireTimer(machine, 0, "0.0#0@0");
    run(machine);
    ended(machine);
  });
});
