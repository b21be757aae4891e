import type { MachineEvent } from "@parley/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { opened } from "../testing/driven-run.ts";
import { afterAction, everyAction, type Flying, type GlobalAction } from "../testing/global-runs.ts";
import { type GlobalImage, randomGlobalImage } from "../testing/random-image.ts";
import { stepRole } from "../testing/step-role.ts";
import { inject } from "./controls.ts";
import { cloneMachine } from "./snapshot.ts";
import type { Machine } from "./state.ts";

const seeds = fc.array(fc.nat(1000), { minLength: 7, maxLength: 31 });
const MOST = 14;

const labelsOf = ({ image }: GlobalImage): readonly string[] => [
  ...new Set(
    image.programs.flatMap(({ states }) =>
      states.flatMap((state) => ("branches" in state ? state.branches.map(({ label }) => label) : [])),
    ),
  ),
  "stray",
];

const actionOf = (event: MachineEvent | undefined): GlobalAction | undefined =>
  event?.kind === "sent" || event?.kind === "received"
    ? { kind: event.kind, from: event.edge.from, to: event.edge.to, label: event.label }
    : undefined;

const same = (a: GlobalAction | undefined, b: GlobalAction): boolean =>
  a !== undefined && a.kind === b.kind && a.from === b.from && a.to === b.to && a.label === b.label;

/** Has a role do something; answers whether that is what it did. */
const attempt = (machine: Machine, action: GlobalAction): boolean => {
  const who = action.kind === "sent" ? action.from : action.to;
  return same(actionOf(stepRole(machine, who, action.label)), action);
};

/** A random run of the global type: what it had to choose from at each step, and what it took. */
const runOf = (protocol: GlobalImage, dice: readonly number[]) => {
  const all = everyAction(protocol.image.roles, labelsOf(protocol));
  let type: Flying = protocol.global;
  const steps: { readonly enabled: readonly GlobalAction[]; readonly taken: GlobalAction | undefined }[] = [];
  for (let i = 0; i < MOST; i += 1) {
    const at: Flying = type;
    const enabled = all.filter((action) => afterAction(at, action) !== undefined);
    const taken = enabled[(dice[i % dice.length] ?? 0) % Math.max(enabled.length, 1)];
    steps.push({ enabled, taken });
    if (taken === undefined) break;
    type = afterAction(at, taken) as Flying;
  }
  return { all, steps };
};

describe("the monitor admits exactly the runs of the global type:", () => {
  test("every run of the global type is admitted, step by step", () => {
    let longest = 0;
    fc.assert(
      fc.property(randomGlobalImage, seeds, (protocol, dice) => {
        const machine = opened(protocol.image);
        const { steps } = runOf(protocol, dice);
        for (const { taken } of steps) if (taken !== undefined) expect(attempt(machine, taken)).toBe(true);
        longest = Math.max(longest, steps.length);
        expect([...machine.coroutines.values()].filter(({ status }) => status.kind === "faulted")).toEqual(
          [],
        );
      }),
      { numRuns: 150 },
    );
    expect(longest).toBe(MOST);
  });

  test("at every point of a run, each other step that roles and labels could make is refused", () => {
    const seen = { refused: 0, admitted: 0 };
    fc.assert(
      fc.property(randomGlobalImage, seeds, (protocol, dice) => {
        const machine = opened(protocol.image);
        const { all, steps } = runOf(protocol, dice);
        for (const { enabled, taken } of steps) {
          const done = all.filter((action) => attempt(cloneMachine(machine), action));
          expect(done).toEqual(enabled);
          seen.admitted += enabled.length;
          seen.refused += all.length - enabled.length;
          if (taken !== undefined) attempt(machine, taken);
        }
      }),
      { numRuns: 40 },
    );
    expect(Math.min(seen.refused, seen.admitted)).toBeGreaterThan(100);
  });

  test("a message that nobody sent faults whoever takes it, by its label", () => {
    const forge = (machine: Machine, { from, to }: GlobalAction): MachineEvent | undefined => {
      const put = inject(machine, { sid: 0, from, to, label: "stray", payload: { kind: "unit" } });
      return put.ok ? stepRole(machine, to, "") : undefined;
    };
    let forged = 0;
    fc.assert(
      fc.property(randomGlobalImage, seeds, fc.nat(), (protocol, dice, where) => {
        const machine = opened(protocol.image);
        const { all, steps } = runOf(protocol, dice);
        const cut = where % steps.length;
        for (const { taken } of steps.slice(0, cut)) if (taken !== undefined) attempt(machine, taken);
        const open = new Set(steps[cut]?.enabled.map(({ kind, to }) => `${kind} ${to}`));
        const strays = all.filter(
          ({ kind, to, label }) => kind === "received" && label === "stray" && !open.has(`received ${to}`),
        );
        const met = strays.map((stray) => forge(cloneMachine(machine), stray));
        expect(met.filter((event) => event?.kind === "received")).toEqual([]);
        const codes = met.flatMap((event) => (event?.kind === "faulted" ? [event.fault.code] : []));
        expect(new Set(codes)).toEqual(new Set(codes.length === 0 ? [] : ["machine.fault.label"]));
        forged += codes.length;
      }),
      { numRuns: 80 },
    );
    expect(forged).toBeGreaterThan(20);
  });
});
