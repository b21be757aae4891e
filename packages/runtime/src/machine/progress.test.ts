import type { Deed } from "@parley/core";
import type { MachineEvent } from "@parley/wire";
import { describe, expect, test } from "vitest";
import { opened, perform } from "../testing/driven-run.ts";
import { ran, scenarioOf } from "../testing/simulated.ts";
import { act, end, imageOfTypes, recv, send } from "../testing/small-types.ts";
import { machineHashes } from "./hash.ts";
import { DEFAULT_WINDOW, inspectProgress, progressTimer } from "./progress.ts";
import { decodeMachine, encodeMachine } from "./snapshot.ts";
import type { Machine } from "./state.ts";
import { expireTimer, nextDeadline, runningTimers } from "./timers.ts";

const contract = { name: "Steady", window: "short", onStall: "alarm", onTimeout: "again" } as const;
const begin: Deed = { kind: "begin", operation: "move", args: [], contract };
const wait: Deed = { kind: "await", operation: "move" };
const resolve: Deed = { kind: "resolve", operation: "move", outcome: "Success" };
const then = (deeds: readonly Deed[]) => deeds.reduceRight((next, deed) => act(deed, next), end);

const machineOf = (deeds: readonly Deed[], bindings: { readonly [name: string]: number } = { short: 500 }) =>
  opened({ ...imageOfTypes({ A: then(deeds) }), bindings });

const run = (machine: Machine, at: number, label?: string): readonly MachineEvent[] => {
  const events: MachineEvent[] = [];
  for (let i = 0; i < 50; i += 1) {
    const outcome = perform(machine, {
      kind: "round",
      answers: { at, ...(label === undefined ? {} : { label }) },
    });
    events.push(...(outcome?.events ?? []));
    if (outcome === undefined || outcome.status === "stuck" || outcome.status === "allDone") return events;
  }
  return events;
};

const told = (events: readonly MachineEvent[]) =>
  events.flatMap((event) =>
    event.kind === "observed" && event.name === "Progress"
      ? [event.fields as { [key: string]: unknown }]
      : [],
  );

const fire = (machine: Machine): readonly MachineEvent[] => {
  const fired = expireTimer(machine, 0, progressTimer("move"));
  if (!fired.ok) throw new Error(fired.error.kind);
  return fired.events;
};

describe("an operation held to a progress contract", () => {
  test("is watched from its beginning, for the window bound at open", () => {
    const machine = machineOf([begin, wait]);
    expect(told(run(machine, 1_000))).toMatchObject([
      { operation: "move", contract: "Steady", state: "pending", since: 1_000, window: 500, deadline: 1_500 },
    ]);
    expect(nextDeadline(machine)).toBe(1_500);
    expect(inspectProgress(machine)).toMatchObject([
      { operation: "move", state: "pending", code: undefined },
    ]);
  });

  test("that makes none within its window is a stall, told with its code and seen in the state; then degraded, then timed out", () => {
    const machine = machineOf([begin, wait]);
    run(machine, 1_000);
    const seen = [fire(machine), fire(machine), fire(machine)].flatMap(told);
    expect(seen.map(({ state, code, deadline }) => [state, code, deadline ?? null])).toEqual([
      ["noProgress", "machine.progress.no_progress", 2_000],
      ["degraded", "machine.progress.degraded", 2_500],
      ["timedOut", "machine.progress.timed_out", null],
    ]);
    expect(seen[0]).toMatchObject({ onStall: "alarm", onTimeout: "again", role: "A" });
    expect(inspectProgress(machine)).toMatchObject([
      { state: "timedOut", code: "machine.progress.timed_out" },
    ]);
    expect(runningTimers(machine)).toEqual([]);
    expect(expireTimer(machine, 0, progressTimer("move"))).toMatchObject({ ok: false });
  });

  test("goes on as it would: a stall is told, nothing is decided for anybody", () => {
    const [stalled, calm] = [machineOf([begin, wait, resolve]), machineOf([begin, wait, resolve])];
    run(stalled, 0);
    run(calm, 0);
    fire(stalled);
    const rest = (machine: Machine): readonly string[] => {
      perform(machine, { kind: "wake" });
      return run(machine, 900, "done").map(({ kind }) => kind);
    };
    expect(rest(stalled)).toEqual(rest(calm));
    expect(stalled.sessions.get(0)?.status).toEqual({ kind: "completed" });
    expect(stalled.sessions.get(0)?.operations.get("move")).toBe("Success");
  });

  test.each([
    ["resolved", [begin, resolve, wait], "Success"],
    ["invalidated", [begin, { kind: "invalidate", operation: "move" } as Deed, wait], "invalidated"],
  ])("is watched no longer once it is %s", (_, deeds, outcome) => {
    const machine = machineOf(deeds);
    expect(told(run(machine, 0)).at(-1)).toMatchObject({ state: "ended", outcome });
    expect(inspectProgress(machine)).toEqual([]);
    expect(runningTimers(machine)).toEqual([]);
  });

  test("is watched for the default where nobody has bound its window, and not after its role has ended", () => {
    const machine = machineOf([begin], {});
    const [first] = told(run(machine, 0));
    expect(first).toMatchObject({ window: DEFAULT_WINDOW });
    expect(runningTimers(machine)).toEqual([]);
  });

  test("stands in snapshots and hashes", () => {
    const machine = machineOf([begin, wait]);
    run(machine, 0);
    const before = machineHashes(machine).protocol;
    fire(machine);
    expect(machineHashes(machine).protocol).not.toBe(before);
    const read = decodeMachine(machine.image, encodeMachine(machine));
    if (!read.ok) throw new Error(read.error.kind);
    expect(machineHashes(read.machine)).toEqual(machineHashes(machine));
    expect(told(fire(read.machine))).toEqual(told(fire(machine)));
  });

  test("one without a contract is recorded, and needs no clock", () => {
    const machine = machineOf([{ kind: "begin", operation: "move", args: [], progress: "Steady" }, wait]);
    expect(told(run(machine, 0))).toEqual([]);
    expect(machine.linked.timed).toBe(false);
  });

  test("stalls in a simulation when the round comes, a tick a millisecond", () => {
    const image = {
      ...imageOfTypes({
        A: act(begin, recv("B", { go: { next: act(resolve) } })),
        B: send("A", { go: {} }),
      }),
      bindings: { short: 40 },
    };
    const raw = { network: { base_latency_ms: "90ms" } };
    expect(scenarioOf(raw).network?.latency).toBe(90);
    const { trace } = ran(image, raw);
    const stalls = trace.filter(({ event }) => event.kind === "observed" && event.fields.state !== "pending");
    expect(stalls.map(({ event }) => event.kind === "observed" && event.fields.state)).toEqual([
      "noProgress",
      "degraded",
      "ended",
    ]);
    expect(stalls[0]?.at).toBe(41);
  });
});
