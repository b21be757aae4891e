import type { Composition, CompositionEvent, Phase } from "@parley/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compositionProblem, Program, phasesOf } from "./composition.ts";
import {
  type CompositionRun,
  compositionAsks,
  compositionDeadline,
  notUndone,
  startComposition,
  stepComposition,
} from "./run.ts";
import { authentication } from "./shipped.ts";

const phase = (name: string, uses: readonly string[] = []): Phase => ({ name, protocol: name, uses });
const line: Composition = {
  kind: "sequential",
  name: "line",
  phases: [phase("a"), phase("b", ["a"]), phase("c", ["a", "b"])],
};
const side: Composition = { kind: "parallel", name: "side", phases: [phase("a"), phase("b")], timeout: 100 };
const steps = (run: CompositionRun, ...events: readonly CompositionEvent[]) =>
  events.reduce(stepComposition, run);
const ran = (name: string): readonly CompositionEvent[] => [
  { kind: "started", phase: name, session: `s-${name}` },
  { kind: "completed", phase: name, result: { said: name } },
];

test("a composition is refused empty, with a phase twice, or using what does not come before", () => {
  const of = (phases: readonly Phase[], kind: "sequential" | "parallel" = "sequential") =>
    compositionProblem(
      kind === "sequential" ? { kind, name: "x", phases } : { kind, name: "x", phases, timeout: 1 },
    )?.variant;
  expect(of([])).toBe("Empty");
  expect(of([phase("a"), phase("a")])).toBe("DuplicatePhase");
  expect(of([phase("a", ["b"]), phase("b")])).toBe("UnknownResult");
  expect(of([phase("a"), phase("b", ["a"])], "parallel")).toBe("UnknownResult");
  expect(compositionProblem(line)).toBeUndefined();
  expect(compositionProblem(authentication)).toBeUndefined();
});

describe("one after the other", () => {
  test("each phase starts when the last is done, with the results it uses, and the end has them all", () => {
    const run = steps(startComposition(line, 0), ...ran("a"));
    expect(compositionAsks(run)).toEqual([
      { kind: "start", phase: phase("b", ["a"]), inputs: { a: { said: "a" } } },
    ]);
    const end = steps(run, ...ran("b"), ...ran("c"));
    expect(end.outcome).toEqual({
      kind: "completed",
      results: { a: { said: "a" }, b: { said: "b" }, c: { said: "c" } },
    });
    expect(compositionAsks(end)).toEqual([]);
  });

  test("a phase that fails ends it, naming what had completed; the rest never starts", () => {
    const end = steps(
      startComposition(line, 0),
      ...ran("a"),
      { kind: "started", phase: "b", session: "s" },
      { kind: "failed", phase: "b", cause: "refused" },
    );
    expect(end.outcome).toEqual({ kind: "failed", phase: "b", cause: "refused", completed: ["a"] });
    expect(end.phases.get("c")).toEqual({ kind: "cancelled", session: null });
    expect(compositionAsks(end)).toEqual([]);
    expect(steps(end, ...ran("c"))).toBe(end);
  });

  test("gives who, what and where in the shipped example", () => {
    const end = steps(
      startComposition(authentication, 0),
      ...phasesOf(authentication).flatMap(({ name }) => ran(name)),
    );
    expect(end.outcome).toMatchObject({ kind: "completed" });
    expect(end.outcome.kind === "completed" && Object.keys(end.outcome.results)).toEqual([
      "identity",
      "capabilities",
      "session",
    ]);
  });
});

describe("side by side", () => {
  const both = steps(
    startComposition(side, 5),
    { kind: "started", phase: "a", session: "s-a" },
    { kind: "started", phase: "b", session: "s-b" },
  );

  test("all start at once and all results are there at the end", () => {
    expect(compositionAsks(startComposition(side, 5)).map((ask) => ask.kind)).toEqual(["start", "start"]);
    expect(compositionAsks(both)).toEqual([]);
    const end = steps(
      both,
      { kind: "completed", phase: "b", result: { n: 2 } },
      { kind: "completed", phase: "a", result: { n: 1 } },
    );
    expect(end.outcome).toEqual({ kind: "completed", results: { a: { n: 1 }, b: { n: 2 } } });
  });

  test("one that fails, or the deadline, cancels the others", () => {
    expect(compositionDeadline(both)).toBe(105);
    const failed = steps(both, { kind: "failed", phase: "a", cause: "no" });
    expect(compositionAsks(failed)).toEqual([{ kind: "cancel", phase: "b", session: "s-b" }]);
    const cancelled = steps(failed, { kind: "cancelled", phase: "b" });
    expect(cancelled.phases.get("b")).toEqual({ kind: "cancelled", session: "s-b" });
    expect(compositionAsks(cancelled)).toEqual([]);
    const late = steps(both, { kind: "completed", phase: "a", result: {} }, { kind: "timeout" });
    expect(late.outcome).toMatchObject({ kind: "failed", phase: "b", completed: ["a"] });
  });
});

describe("an effect program", () => {
  const program = Program.new("join")
    .ext({ kind: "ValidateCapability", capability: "chat:message:send", role: "Client" })
    .then(phase("a"))
    .then(phase("b", ["a"]))
    .ext({ kind: "LogEvent", event: "joined" })
    .end();

  test("goes through effects and protocols in the order they are written", () => {
    const order: string[] = [];
    let run = startComposition(program, 0);
    for (let [ask] = compositionAsks(run); ask !== undefined; [ask] = compositionAsks(run)) {
      order.push(ask.kind === "effect" ? ask.effect.kind : ask.kind === "start" ? ask.phase.name : "cancel");
      run =
        ask.kind === "effect"
          ? stepComposition(run, { kind: "effect", step: ask.step, ok: true })
          : steps(run, ...ran(ask.kind === "start" ? ask.phase.name : ""));
    }
    expect(order).toEqual(["ValidateCapability", "a", "b", "LogEvent"]);
    expect(run.outcome.kind).toBe("completed");
  });

  test("ends at an effect that is refused, before any protocol runs", () => {
    const end = steps(startComposition(program, 0), {
      kind: "effect",
      step: 0,
      ok: false,
      cause: "no such capability",
    });
    expect(end.outcome).toEqual({
      kind: "failed",
      phase: "step 1",
      cause: "no such capability",
      completed: [],
    });
  });
});

test("a run resumed after any of its events asks for what it asked before, and ends alike", () => {
  const events: readonly CompositionEvent[] = [...ran("a"), ...ran("b"), ...ran("c")];
  fc.assert(
    fc.property(fc.nat({ max: events.length }), (cut) => {
      const before = steps(startComposition(line, 0), ...events.slice(0, cut));
      const again = steps(startComposition(line, 0), ...events.slice(0, cut));
      expect(compositionAsks(again)).toEqual(compositionAsks(before));
      expect(steps(again, ...events.slice(cut))).toEqual(steps(startComposition(line, 0), ...events));
    }),
  );
});

describe("compensation", () => {
  const undoing: Composition = {
    kind: "sequential",
    name: "undoing",
    phases: [{ ...phase("a"), undo: "un-a" }, phase("b"), { ...phase("c"), undo: "un-c" }, phase("d")],
  };
  const failed = steps(
    startComposition(undoing, 0),
    ...ran("a"),
    ...ran("b"),
    ...ran("c"),
    { kind: "started", phase: "d", session: "s-d" },
    { kind: "failed", phase: "d", cause: "refused" },
  );

  test("undoes what had completed in reverse order, one at a time, and says what could not be undone", () => {
    const asked = (run: CompositionRun) =>
      compositionAsks(run).map((ask) => (ask.kind === "undo" ? ask.phase.name : ask.kind));
    expect(asked(failed)).toEqual(["c"]);
    const first = steps(failed, { kind: "undoing", phase: "c", session: "s-un-c" });
    expect(asked(first)).toEqual([]);
    const second = steps(first, { kind: "undone", phase: "c", ok: false, cause: "denied" });
    expect(asked(second)).toEqual(["a"]);
    const end = steps(
      second,
      { kind: "undoing", phase: "a", session: "s-un-a" },
      {
        kind: "undone",
        phase: "a",
        ok: true,
      },
    );
    expect(asked(end)).toEqual([]);
    expect(notUndone(end)).toEqual(["c"]);
    expect(end.phases.get("a")).toMatchObject({ kind: "undone", undo: "s-un-a" });
    expect(end.outcome).toBe(failed.outcome);
  });

  test("happens only after a failure", () => {
    const running = steps(startComposition(undoing, 0), ...ran("a"));
    expect(steps(running, { kind: "undoing", phase: "a", session: "s" })).toEqual(running);
  });
});
