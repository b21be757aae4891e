import type { CompositionEvent, WorkspaceInput } from "@parley/wire";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { openForTest } from "../testing/open-for-test.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { writeWorkspace } from "../testing/workspace-log.ts";

const phase = (name: string) => ({ name, protocol: "p", uses: [] });

const inputs: readonly WorkspaceInput[] = [
  {
    kind: "composition.started",
    id: "k",
    composition: { kind: "sequential", name: "Sign in", phases: [phase("one"), phase("two")] },
  },
  { kind: "composition.stepped", id: "k", event: { kind: "started", phase: "one", session: "s1" } },
  { kind: "composition.stepped", id: "k", event: { kind: "completed", phase: "one", result: {} } },
  { kind: "composition.stepped", id: "nowhere", event: { kind: "timeout" } },
  {
    kind: "migration.stepped",
    subject: "session.edge",
    event: { kind: "planned", from: 1, to: 2, path: ["edge-1-2"] },
  },
  {
    kind: "migration.stepped",
    subject: "session.edge",
    event: { kind: "executed", migration: "edge-1-2", version: 2, changed: 7, digest: "00" },
  },
  {
    kind: "audit.refused",
    what: "delegate",
    subject: "s1",
    code: "PAR8303",
    variant: "OwnerMismatch",
    detail: "stale",
  },
  { kind: "ceremony.joined", ceremony: "z", session: "s1" },
];

test("compositions, migrations, refusals and the sessions of ceremonies are rows, each under its commit", async () => {
  const store = await openForTest({ folder: temporaryFolder() });
  await writeWorkspace(store, inputs);
  const db = new Database(store.file, { readonly: true });
  const rows = (sql: string) => db.prepare(sql).raw().all();
  expect(rows("SELECT status, failed, cause, deadline FROM compositions")).toEqual([
    ["running", null, null, null],
  ]);
  expect(
    rows("SELECT phase, place, protocol, state, session FROM composition_phases ORDER BY place"),
  ).toEqual([
    ["one", 0, "p", "completed", "s1"],
    ["two", 1, "p", "waiting", null],
  ]);
  expect(rows('SELECT id, name, kind, steps, started, updated, "commit" FROM compositions')).toEqual([
    ["k", "Sign in", "sequential", 2, 1_000, 1_002, 3],
  ]);
  expect(rows('SELECT "commit", composition, event, phase, session FROM composition_steps')).toEqual([
    [2, "k", "started", "one", "s1"],
    [3, "k", "completed", "one", null],
  ]);
  expect(rows("SELECT subject, event, migration, version, changed FROM migration_steps")).toEqual([
    ["session.edge", "planned", null, null, null],
    ["session.edge", "executed", "edge-1-2", 2, 7],
  ]);
  expect(rows('SELECT "commit", what, subject, code, variant, detail FROM refusals')).toEqual([
    [7, "delegate", "s1", "PAR8303", "OwnerMismatch", "stale"],
  ]);
  expect(rows("SELECT session, ceremony FROM ceremony_sessions")).toEqual([["s1", "z"]]);
  db.close();
  expect(await store.rebuild()).toMatchObject({ equal: true });
});

test("how a composition and its phases stand is a row, to the end of what undoes a failure", async () => {
  const store = await openForTest({ folder: temporaryFolder() });
  const db = new Database(store.file, { readonly: true });
  const phases = () =>
    db
      .prepare("SELECT phase, state, session, undo, cause FROM composition_phases ORDER BY place")
      .raw()
      .all();
  const status = () => db.prepare("SELECT status, failed, cause, deadline FROM compositions").raw().get();
  const happened = async (...events: readonly CompositionEvent[]) =>
    writeWorkspace(
      store,
      events.map((event) => ({ kind: "composition.stepped", id: "k", event })),
    );
  const composition = {
    kind: "parallel",
    name: "Both",
    phases: [{ ...phase("one"), undo: "q" }, phase("two")],
    timeout: 500,
  } as const;
  await writeWorkspace(store, [{ kind: "composition.started", id: "k", composition }]);
  expect(status()).toEqual(["running", null, null, 1_500]);
  await happened(
    { kind: "started", phase: "one", session: "s1" },
    { kind: "started", phase: "two", session: "s2" },
    { kind: "completed", phase: "one", result: { A: { large: "x" } } },
    { kind: "failed", phase: "two", cause: "no" },
  );
  expect(status()).toEqual(["failed", "two", "no", 1_500]);
  expect(phases()).toEqual([
    ["one", "completed", "s1", null, null],
    ["two", "failed", "s2", null, "no"],
  ]);
  await happened(
    { kind: "undoing", phase: "one", session: "s3" },
    { kind: "undone", phase: "one", ok: false, cause: "stuck" },
  );
  expect(phases()[0]).toEqual(["one", "notUndone", "s1", "s3", "stuck"]);
  expect(db.prepare("SELECT run FROM compositions").pluck().get()).not.toContain("large");
  db.close();
  expect(await store.rebuild()).toMatchObject({ equal: true });
});
