import { chainBuilder } from "@parley/runtime/testing";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { openForTest } from "../testing/open-for-test.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { sessionPin, writeWorkspace } from "../testing/workspace-log.ts";
import { derivedTableNames } from "./derived-tables.ts";

const fill = async (folder: string) => {
  const store = await openForTest({ folder });
  await writeWorkspace(store, [
    { kind: "protocol.created", id: "p", name: "P", origin: "mine" },
    { kind: "protocol.versioned", id: "p", version: "v", source: "text" },
  ]);
  const log = chainBuilder("s", "session");
  await store.append([{ appends: [log.append({ input: sessionPin("s", "p", "v") })] }]);
  return store;
};

test("what was derived while running is what the streams give again", async () => {
  const store = await fill(temporaryFolder());
  expect(await store.rebuild()).toEqual({
    tables: [...derivedTableNames],
    rows: 5,
    equal: true,
    different: [],
  });
});

test("a derived table that was tampered with is named, and mended", async () => {
  const store = await fill(temporaryFolder());
  const db = new Database(store.file);
  db.exec("UPDATE sessions SET status = 'closed'; DELETE FROM versions");
  db.close();
  expect(await store.rebuild()).toMatchObject({ equal: false, different: ["sessions", "versions"] });
  expect((await store.queries.session("s"))?.status).toBe("open");
  expect((await store.queries.versions("p")).items).toHaveLength(1);
  expect(await store.rebuild()).toMatchObject({ equal: true });
});

test("a store folded with another version of the derivation refolds when it opens", async () => {
  const folder = temporaryFolder();
  await (await fill(folder)).close();
  const db = new Database(`${folder}/parley.db`);
  db.exec("UPDATE meta SET value = '0' WHERE key = 'derived'; DELETE FROM protocols");
  db.close();
  const store = await openForTest({ folder });
  expect((await store.queries.protocol("p"))?.latest).toBe("v");
});
