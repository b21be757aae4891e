import type { MigrationEvent } from "@parley/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  latestVersion,
  type Migration,
  migrationErrorText,
  migrationPath,
  needsMigration,
} from "./migration.ts";
import {
  foldMigration,
  idleRun,
  type MigrationRun,
  nextMigrationEvent,
  planMigration,
  validateMigration,
} from "./run-migration.ts";

type State = readonly number[];
const digest = (state: State): string => state.join(",");
const add = (from: number, over: Partial<Migration<State>> = {}): Migration<State> => ({
  name: `${from} to ${from + 1}`,
  sourceVersion: from,
  targetVersion: from + 1,
  validate: () => undefined,
  execute: ({ state }) => ({ ok: true, state: [...state, from], changed: 1 }),
  ...over,
});
const chain = [add(2), add(1), add(3)];

/** Runs until nothing is left to do; answers the events and where it stands. */
const runAll = (
  migrations: readonly Migration<State>[],
  to: number,
  from: MigrationRun<State> = idleRun<State>(1, []),
) => {
  const events: MigrationEvent[] = [];
  const planned = planMigration(migrations, from, to);
  if (!planned.ok) throw new Error(migrationErrorText(planned.error));
  let run = from;
  for (
    let event: MigrationEvent | undefined = planned.event;
    event;
    event = nextMigrationEvent(migrations, run, 0, digest)
  ) {
    events.push(event);
    run = foldMigration(migrations, run, event, 0, digest);
  }
  return { events, run };
};

test("a path is ordered by target and has no gap", () => {
  expect(migrationPath(chain, 1, 4)?.map(({ name }) => name)).toEqual(["1 to 2", "2 to 3", "3 to 4"]);
  expect(migrationPath(chain, 2, 2)).toEqual([]);
  expect(migrationPath(chain, 1, 9)).toBeUndefined();
  expect(migrationPath(chain, 3, 1)).toBeUndefined();
  expect([needsMigration(chain, 3), needsMigration(chain, 4)]).toEqual([true, false]);
  expect(latestVersion(chain, 1)).toBe(4);
});

describe("a run", () => {
  test("validates, executes and records each migration once, in order", () => {
    const { events, run } = runAll(chain, 4);
    expect(events.map(({ kind }) => kind)).toEqual([
      "planned",
      ...["validated", "executed", "validated", "executed", "validated", "executed"],
      "done",
    ]);
    expect(run).toMatchObject({ phase: "Done", version: 4, state: [1, 2, 3] });
    expect(planMigration(chain, run, 4)).toMatchObject({ ok: true, event: { path: [] } });
  });

  test.each([
    ["validation", { validate: () => "not yet" }, "ValidationFailed"],
    ["execution", { execute: () => ({ ok: false as const, reason: "no" }) }, "ExecutionFailed"],
    [
      "a throw",
      {
        execute: () => {
          throw new Error("broken");
        },
      },
      "ExecutionFailed",
    ],
  ])(
    "that fails half way by %s keeps what was recorded and can go on once it is mended",
    (_how, over, variant) => {
      const failing = [add(1), add(2, over), add(3)];
      const { run } = runAll(failing, 4);
      expect(run).toMatchObject({
        phase: "Failed",
        version: 2,
        state: [1],
        error: { variant, migration: "2 to 3" },
      });
      if (run.error !== null) expect(migrationErrorText(run.error)).toContain("2 to 3");
      const resumed = runAll(chain, 4, run);
      expect(resumed.run).toMatchObject({ phase: "Done", version: 4, state: [1, 2, 3] });
      expect(resumed.events.filter(({ kind }) => kind === "executed")).toHaveLength(2);
    },
  );

  test("killed after any of its entries resumes to the same state", () => {
    const whole = runAll(chain, 4);
    fc.assert(
      fc.property(fc.nat({ max: whole.events.length }), (cut) => {
        let run = whole.events
          .slice(0, cut)
          .reduce((state, event) => foldMigration(chain, state, event, 0, digest), idleRun<State>(1, []));
        if (cut === 0) run = runAll(chain, 4, run).run;
        for (
          let event = nextMigrationEvent(chain, run, 0, digest);
          event;
          event = nextMigrationEvent(chain, run, 0, digest)
        )
          run = foldMigration(chain, run, event, 0, digest);
        expect(run).toEqual(whole.run);
      }),
    );
  });

  test("is not begun twice, without a path, or by a step nobody knows", () => {
    const planned = foldMigration(
      chain,
      idleRun<State>(1, []),
      { kind: "planned", from: 1, to: 2, path: ["1 to 2"] },
      0,
      digest,
    );
    expect(planMigration(chain, planned, 2)).toMatchObject({ error: { variant: "AlreadyRunning" } });
    expect(planMigration(chain, idleRun<State>(1, []), 9)).toMatchObject({ error: { variant: "NoPath" } });
    expect(nextMigrationEvent([], planned, 0, digest)).toMatchObject({ kind: "failed" });
  });

  test("whose recorded step gives something else than it gave keeps the state before it", () => {
    const planned = foldMigration(
      chain,
      idleRun<State>(1, []),
      { kind: "planned", from: 1, to: 2, path: ["1 to 2"] },
      0,
      digest,
    );
    const folded = foldMigration(
      chain,
      planned,
      { kind: "executed", migration: "1 to 2", version: 2, changed: 1, digest: "other" },
      0,
      digest,
    );
    expect(folded).toMatchObject({ phase: "Failed", version: 1, state: [], error: { variant: "Diverged" } });
  });
});

test("a dry run says what each step would change and keeps nothing", () => {
  const state: State = [];
  expect(validateMigration(chain, state, 1, 4, 0)).toEqual({
    path: ["1 to 2", "2 to 3", "3 to 4"].map((migration) => ({ migration, changed: 1 })),
    error: null,
  });
  expect(state).toEqual([]);
  expect(validateMigration([add(1), add(2, { validate: () => "no" })], state, 1, 3, 0)).toMatchObject({
    path: [{ migration: "1 to 2" }],
    error: { variant: "ValidationFailed" },
  });
  expect(
    validateMigration([add(1, { execute: () => ({ ok: false, reason: "no" }) })], state, 1, 2, 0).error
      ?.variant,
  ).toBe("ExecutionFailed");
  expect(validateMigration(chain, state, 1, 7, 0).error?.variant).toBe("NoPath");
});
