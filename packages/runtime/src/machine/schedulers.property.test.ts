import type { MachineEvent } from "@parley/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { actorOf } from "../testing/local-walk.ts";
import { randomGlobalImage, randomParImage } from "../testing/random-image.ts";
import { compareTraces } from "../trace/compare-traces.ts";
import { causalForm } from "../waves/causal-form.ts";
import type { CodeImage } from "./code/image.ts";
import { commit } from "./commit.ts";
import type { SchedulerPolicy } from "./config.ts";
import { machineHashes } from "./hash.ts";
import { createMachine, openSession } from "./open.ts";
import { plan } from "./plan.ts";
import type { Answers, Request } from "./request.ts";
import type { Machine } from "./state.ts";

const policies: readonly SchedulerPolicy[] = [
  { kind: "cooperative" },
  { kind: "roundRobin" },
  { kind: "aging" },
  { kind: "tokenWeighted" },
  { kind: "progressAware" },
  { kind: "fixed", priorities: { "0": 1, "1": 9, "2": 4, "3": 7 } },
  { kind: "fixed", priorities: { "0": 9, "2": 1, "4": 12 } },
];

const seeds = fc.array(fc.nat(1000), { minLength: 7, maxLength: 31 });

/** What a role decides depends on its own step only: whatever the schedule, everybody says the same. */
const answersOf = (requests: readonly Request[], sid: number, dice: readonly number[]): Answers => {
  const decision = requests.find((request) => request.kind === "decision");
  if (decision === undefined) return { guard: { allow: true } };
  const { role, endpoint, step, options } = decision;
  const key = [...`${sid}${role}${endpoint}`].reduce((sum, char) => sum + char.charCodeAt(0), step);
  const option = options[(dice[key % dice.length] ?? 0) % options.length];
  return { guard: { allow: true }, ...(option === undefined ? {} : { label: option.label }) };
};

interface Run {
  readonly machine: Machine;
  readonly events: readonly MachineEvent[];
}

const run = (
  image: CodeImage,
  scheduler: SchedulerPolicy,
  dice: readonly number[],
  sessions = 1,
  max = 400,
): Run => {
  const machine = createMachine(image, { scheduler });
  for (let i = 0; i < sessions; i += 1) openSession(machine);
  const events: MachineEvent[] = [];
  for (let rounds = 0; rounds < max; rounds += 1) {
    const next = plan(machine);
    if (next.kind !== "run") break;
    const sid = machine.coroutines.get(next.coroutine ?? -1)?.sid ?? 0;
    events.push(...commit(machine, next, answersOf(next.requests, sid, dice)).events);
  }
  return { machine, events };
};

const strand = (role: string, events: readonly MachineEvent[]): readonly string[] =>
  events
    .filter((event) => (event.kind === "sent" || event.kind === "received") && actorOf(event) === role)
    .map((event) => JSON.stringify({ ...event, tick: 0 }));

describe("schedulers", () => {
  test("order what is independent differently, and nothing else: complete runs have one normal form and one state", () => {
    const seen = { complete: 0, reordered: 0 };
    fc.assert(
      fc.property(randomGlobalImage, seeds, ({ image }, dice) => {
        const [first, ...others] = policies.map((policy) => run(image, policy, dice)) as [Run, ...Run[]];
        if (first.machine.live > 0) return;
        seen.complete += 1;
        for (const other of others) {
          expect(causalForm(other.events)).toEqual(causalForm(first.events));
          expect(machineHashes(other.machine).protocol).toBe(machineHashes(first.machine).protocol);
          if (!compareTraces({ ...first, reads: [] }, { ...other, reads: [] }, "replay").equal)
            seen.reordered += 1;
        }
      }),
      { numRuns: 150 },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(30);
  });

  test("do so with parallel arms, too", () => {
    let complete = 0;
    fc.assert(
      fc.property(randomParImage, seeds, ({ image }, dice) => {
        const [first, ...others] = policies.map((policy) => run(image, policy, dice)) as [Run, ...Run[]];
        if (first.machine.live > 0) return;
        complete += 1;
        for (const other of others) expect(causalForm(other.events)).toEqual(causalForm(first.events));
      }),
      { numRuns: 100 },
    );
    expect(complete).toBeGreaterThan(20);
  });

  test("of runs that go on for ever, what each role did under one is how it begins under another", () => {
    let endless = 0;
    fc.assert(
      fc.property(randomGlobalImage, seeds, ({ image }, dice) => {
        const [first, ...others] = policies.map((policy) => run(image, policy, dice)) as [Run, ...Run[]];
        if (first.machine.live > 0) endless += 1;
        for (const other of others)
          for (const role of image.roles) {
            const [a, b] = [strand(role, first.events), strand(role, other.events)];
            const length = Math.min(a.length, b.length);
            expect(a.slice(0, length)).toEqual(b.slice(0, length));
          }
      }),
      { numRuns: 80 },
    );
    expect(endless).toBeGreaterThan(4);
  });

  test("never let one session of a machine see another", () => {
    let complete = 0;
    const ofSession = (events: readonly MachineEvent[], sid: number): readonly MachineEvent[] =>
      events.filter((event) => "edge" in event && event.edge.sid === sid);
    fc.assert(
      fc.property(randomGlobalImage, seeds, fc.constantFrom(...policies), ({ image }, dice, policy) => {
        const among = run(image, policy, dice, 3, 1_500);
        if (among.machine.live > 0) return;
        complete += 1;
        for (const sid of [0, 1, 2]) {
          const fewer = run(image, { kind: "cooperative" }, dice, sid + 1, 1_500);
          for (const role of image.roles)
            expect(strand(role, ofSession(among.events, sid))).toEqual(
              strand(role, ofSession(fewer.events, sid)),
            );
        }
      }),
      { numRuns: 60 },
    );
    expect(complete).toBeGreaterThan(15);
  });
});
