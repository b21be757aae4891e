import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chainBuilder } from "@parley/runtime/testing";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { backup } from "./backup.ts";
import { restore } from "./restore.ts";
import { openForTest } from "./testing/open-for-test.ts";
import { temporaryFolder } from "./testing/temporary-folder.ts";

const step = { input: { kind: "advance" } } as const;

const filledFolder = async () => {
  const folder = temporaryFolder();
  const store = await openForTest({ folder });
  const log = chainBuilder("a", "session");
  await store.append([{ appends: [log.append(step, step, step)] }]);
  return { folder, store, log };
};

test("a backup taken while the owner is open restores to the same log, which goes on", async () => {
  const { folder, store, log } = await filledFolder();
  const file = join(temporaryFolder(), "one.backup");
  expect(await backup(folder, file)).toMatchObject({ ok: true, lastCommit: 3 });
  const before = await store.readCommits(0, 10);
  await store.append([{ appends: [log.append(step)] }]);

  const target = join(temporaryFolder(), "restored");
  expect(await restore(file, target)).toEqual({ ok: true, folder: target, streams: 1, entries: 3 });
  const restored = await openForTest({ folder: target });
  expect(await restored.readCommits(0, 10)).toEqual(before);
  const head = await restored.head("a");
  const [result] = await restored.append([{ appends: [chainBuilder("a", "session", head).append(step)] }]);
  expect(result).toEqual({ ok: true, commits: [[4]] });
});

test("a backup never overwrites, and a folder without a database has none", async () => {
  const { folder } = await filledFolder();
  const file = join(temporaryFolder(), "taken");
  writeFileSync(file, "mine");
  expect(await backup(folder, file)).toEqual({ ok: false, error: { kind: "target-exists", path: file } });
  expect(readFileSync(file, "utf8")).toBe("mine");
  expect(await backup(temporaryFolder(), join(temporaryFolder(), "x"))).toMatchObject({
    ok: false,
    error: { kind: "database", error: { kind: "absent" } },
  });
});

test("restoring into a folder that holds anything is refused", async () => {
  const { folder } = await filledFolder();
  const file = join(temporaryFolder(), "b");
  await backup(folder, file);
  expect(await restore(file, folder)).toEqual({ ok: false, error: { kind: "folder-not-empty", folder } });
});

test("a damaged backup, a changed entry and a foreign file are refused, and leave no folder", async () => {
  const { folder } = await filledFolder();
  const parent = temporaryFolder();
  const target = join(parent, "target");

  const changed = join(temporaryFolder(), "changed");
  await backup(folder, changed);
  const db = new Database(changed);
  db.exec("DROP TRIGGER entries_no_update");
  db.exec("UPDATE entries SET hash = zeroblob(32) WHERE seq = 1");
  db.close();
  expect(await restore(changed, target)).toEqual({
    ok: false,
    error: { kind: "broken-chain", stream: "a", seq: 1 },
  });

  const damaged = join(temporaryFolder(), "damaged");
  await backup(folder, damaged);
  const bytes = readFileSync(damaged);
  bytes.fill(0xff, 4096 * 3, 4096 * 8);
  writeFileSync(damaged, bytes);
  expect((await restore(damaged, target)).ok).toBe(false);

  const foreign = join(temporaryFolder(), "foreign");
  const other = new Database(foreign);
  other.exec("CREATE TABLE t (x)");
  other.close();
  expect(await restore(foreign, target)).toMatchObject({
    ok: false,
    error: { kind: "database", error: { kind: "foreign-file" } },
  });
  expect(readdirSync(parent)).toEqual([]);
});
