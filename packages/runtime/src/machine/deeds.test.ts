import type { Deed } from "@parley/core";
import type { MachineEvent, Value } from "@parley/wire";
import { describe, expect, test } from "vitest";
import { opened } from "../testing/driven-run.ts";
import { act, ask, cases, end, imageOfTypes, par, recv, send } from "../testing/small-types.ts";
import { commit } from "./commit.ts";
import { machineHashes } from "./hash.ts";
import { enabled, inspectCoroutines } from "./inspect.ts";
import { plan } from "./plan.ts";
import type { Answers } from "./request.ts";
import { cloneMachine } from "./snapshot.ts";
import type { Machine } from "./state.ts";
import { wakeFor } from "./wake.ts";

const allow: Answers = { guard: { allow: true } };
const run = (machine: Machine, answers: Answers = allow): readonly MachineEvent[] => {
  const events: MachineEvent[] = [];
  for (let i = 0; i < 100; i += 1) {
    const outcome = commit(machine, plan(machine), answers);
    events.push(...outcome.events);
    if (outcome.status === "stuck" || outcome.done) break;
  }
  return events;
};
const of = <K extends MachineEvent["kind"]>(events: readonly MachineEvent[], kind: K) =>
  events.filter((event): event is Extract<MachineEvent, { kind: K }> => event.kind === kind);

const held = { text: "Held", sort: "Opaque" } as const;
const none = { text: "Unit", sort: "Unit" } as const;
const opaque = (json: string): Value => ({ kind: "opaque", type: "Held", json });
const then = (deeds: readonly Deed[]) => deeds.reduceRight((next, deed) => act(deed, next), end);
const alone = (deeds: readonly Deed[]) => opened(imageOfTypes({ A: then(deeds) }));
const begin: Deed = { kind: "begin", operation: "move", args: [] };
const wait: Deed = { kind: "await", operation: "move" };
const resolve: Deed = { kind: "resolve", operation: "move", outcome: "Success" };

describe("a question to the world", () => {
  const image = imageOfTypes({
    A: ask("Stock.reserve", held, "lot", send("B", { hi: { payload: held } })),
    B: recv("A", { hi: { payload: held } }),
  });

  test("waits for an answer of its type, which is bound to its name", () => {
    const machine = opened(image);
    expect(plan(machine).requests).toMatchObject([
      { kind: "payload", role: "A", step: 0, label: "Stock.reserve", typeText: "Held", edgeId: "ask!" },
    ]);
    const before = machineHashes(machine).protocol;
    expect(of(run(machine), "blocked")[0]?.reason).toEqual({
      kind: "payload",
      role: "A",
      step: 0,
      label: "Stock.reserve",
      type: "Held",
    });
    expect(machineHashes(machine).protocol).toBe(before);
    expect(wakeFor(machine, "A", "")).toBe(1);
    const events = run(machine, { ...allow, payload: opaque('{"Ok":1}') });
    expect(of(events, "performed")).toMatchObject([
      {
        role: "A",
        deed: "ask",
        edgeId: "ask!",
        detail: { what: "Stock.reserve", binds: "lot", answer: opaque('{"Ok":1}') },
      },
    ]);
    expect(inspectCoroutines(machine)[0]?.names).toEqual([["lot", opaque('{"Ok":1}')]]);
    expect(events.at(-1)).toMatchObject({ kind: "completed" });
  });

  test("does not take an answer of another type", () => {
    const events = run(opened(image), { ...allow, payload: { kind: "nat", value: 1 } });
    expect(of(events, "faulted")).toMatchObject([{ fault: { code: "machine.fault.type" } }]);
  });

  test("that answers nothing needs nobody", () => {
    const machine = opened(imageOfTypes({ A: ask("Bell.ring", none, "rung") }));
    expect(plan(machine).requests).toEqual([]);
    expect(run(machine).at(-1)).toMatchObject({ kind: "completed" });
  });
});

describe("a case", () => {
  const image = (subject?: string) =>
    imageOfTypes({
      A: ask(
        "Stock.reserve",
        held,
        "lot",
        cases("1", { Ok: act({ kind: "publish", event: "Good" }), Err: end }, subject),
      ),
    });

  test.each([
    ['{"Ok":{"lot":3}}', "Ok"],
    ['{"Err":"none left"}', "Err"],
    ['"Err"', "Err"],
  ])("is settled by the value it looks at: %s", (json, outcome) => {
    const machine = opened(image("lot"));
    const events = run(machine, { ...allow, payload: opaque(json) });
    expect(of(events, "decided")).toMatchObject([{ role: "A", scope: "1", outcome }]);
  });

  test.each(['{"Other":1}', '{"Ok":1,"Err":2}', "[1]", "7"])(
    "is asked for where the value says nothing: %s",
    (json) => {
      const machine = opened(image("lot"));
      run(machine, { ...allow, payload: opaque(json) });
      expect(enabled(machine).requests).toMatchObject([
        {
          kind: "decision",
          quiet: "1",
          options: [
            { label: "Ok", peer: "" },
            { label: "Err", peer: "" },
          ],
        },
      ]);
      wakeFor(machine, "A", "");
      const events = run(machine, { ...allow, label: "Err" });
      expect(of(events, "decided")).toMatchObject([{ outcome: "Err" }]);
      expect(of(events, "performed")).toEqual([]);
    },
  );

  test("of a truth value takes True or False", () => {
    const bool = { text: "Bool", sort: "Bool" } as const;
    const machine = opened(
      imageOfTypes({ A: ask("Gate.open", bool, "open", cases("1", { True: end, False: end }, "open")) }),
    );
    expect(of(run(machine, { payload: { kind: "bool", value: false } }), "decided")).toMatchObject([
      { outcome: "False" },
    ]);
  });

  test("does not look at a name another bound", () => {
    const machine = opened(image("other"));
    run(machine, { ...allow, payload: opaque('{"Ok":1}') });
    expect(enabled(machine).requests).toHaveLength(1);
  });
});

describe("operations", () => {
  test("are begun, awaited, resolved; only the wait needs somebody", () => {
    const machine = alone([begin, wait, resolve, wait]);
    expect(of(run(machine), "blocked")).toMatchObject([{ reason: { kind: "decision", labels: ["done"] } }]);
    wakeFor(machine, "A", "");
    const events = run(machine, { label: "done" });
    expect(of(events, "performed").map(({ deed, detail }) => [deed, detail.answer ?? null])).toEqual([
      ["await", "done"],
      ["resolve", null],
      ["await", "Success"],
    ]);
    expect(machine.sessions.get(0)?.operations.get("move")).toBe("Success");
  });

  test.each([
    ["begun while under way", [begin, begin]],
    ["awaited before they were begun", [wait]],
    ["resolved before they were begun", [resolve]],
  ])("%s are a fault of the role", (_, deeds) => {
    expect(of(run(alone(deeds)), "faulted")).toMatchObject([
      { role: "A", fault: { code: "machine.fault.operation", fields: { operation: "move" } } },
    ]);
  });

  test("of a family are one a member", () => {
    const machine = opened(imageOfTypes({ "W[0]": then([begin]), "W[1]": then([begin]) }));
    expect(of(run(machine), "faulted")).toEqual([]);
    expect([...(machine.sessions.get(0)?.operations.keys() ?? [])]).toEqual(["move[0]", "move[1]"]);
  });
});

test("every other deed passes by itself, each with its parts in its event", () => {
  const deeds: readonly Deed[] = [
    { kind: "publish", event: "Front", arg: "page" },
    { kind: "publishAs", witness: "w", publication: "Front" },
    { kind: "materialize", proof: "p", publication: "Front" },
    { kind: "handoff", operation: "move", target: { name: "B" }, receipt: "slip" },
    { kind: "dependentWork", name: "tidy", requiredFor: "move" },
    { kind: "transfer", subject: "s", to: { name: "B" }, binds: "t" },
    { kind: "invalidate", operation: "move" },
  ];
  const machine = alone(deeds);
  const events = run(machine);
  expect(of(events, "performed").map(({ deed }) => deed)).toEqual(deeds.map(({ kind }) => kind));
  expect(of(events, "performed")[3]?.detail).toEqual({ operation: "move", target: "B", receipt: "slip" });
  expect(inspectCoroutines(machine)[0]?.step).toBe(deeds.length);
  expect(machineHashes(cloneMachine(machine))).toEqual(machineHashes(machine));
});

test("names bound before and in parallel arms are known after them", () => {
  const machine = opened(
    imageOfTypes({
      A: ask(
        "E.a",
        held,
        "x",
        par(
          [cases("1.0", { Ok: end, Err: end }, "x"), ask("E.b", held, "y")],
          cases("2", { Ok: end, Err: end }, "y"),
        ),
      ),
    }),
  );
  const events = run(machine, { payload: opaque('{"Err":1}') });
  expect(of(events, "decided").map(({ outcome, scope }) => [scope, outcome])).toEqual([
    ["1.0", "Err"],
    ["2", "Err"],
  ]);
});
