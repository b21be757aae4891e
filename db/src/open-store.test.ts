import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chainBuilder } from "@parley/runtime/testing";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { openStore } from "./open-store.ts";
import { describeOpenError } from "./store/store-open-error.ts";
import { killAfterLines } from "./testing/crash-harness.ts";
import { openForTest } from "./testing/open-for-test.ts";
import { temporaryFolder } from "./testing/temporary-folder.ts";

const step = { input: { kind: "advance" } } as const;
const script = new URL("./testing/crash-load.ts", import.meta.url);

describe("one process per folder", () => {
  test("a second open is refused, also in the same process, and allowed after close", async () => {
    const folder = temporaryFolder();
    const store = await openForTest({ folder });
    const second = await openStore({ folder });
    expect(second).toEqual({ ok: false, error: { kind: "in-use", folder, pid: process.pid } });
    expect(second.ok ? "" : describeOpenError(second.error)).toContain(`process ${process.pid}`);
    const elsewhere = killAfterLines({ script, args: [folder, "0"] }, 1);
    await expect(elsewhere).rejects.toThrow(`in use by process ${process.pid}`);
    await store.close();
    await openForTest({ folder });
  });

  test("while another process owns it, the refusal names that process; once killed, it opens", async () => {
    const folder = temporaryFolder();
    const owner = spawn(process.execPath, [script.pathname, folder, "0"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(owner.stdout, "data");
    expect(await openStore({ folder })).toEqual({
      ok: false,
      error: { kind: "in-use", folder, pid: owner.pid },
    });
    const beside = await openForTest({ folder, readonly: true });
    expect(await beside.lastCommit()).toBeGreaterThan(0);
    owner.kill("SIGKILL");
    await once(owner, "close");
    await openForTest({ folder });
  });

  test("a pid file left by the dead blocks nobody, even when that pid lives again", async () => {
    const folder = temporaryFolder();
    await killAfterLines({ script, args: [folder, "0"] }, 1);
    expect(readFileSync(join(folder, "parley.pid"), "utf8")).toMatch(/^\d+\n$/);
    writeFileSync(join(folder, "parley.pid"), "1\n");
    await openForTest({ folder });
  });
});

describe("a write that SQLite refuses rejects with its kind and changes nothing", () => {
  const big = { input: { kind: "cancel", reason: "x".repeat(60_000) } } as const;

  test.each(["full", "readonly"] as const)("%s", async (fault) => {
    const store = await openForTest({ folder: temporaryFolder() });
    const log = chainBuilder("a", "session");
    await store.append([{ appends: [log.append(step)] }]);
    const next = log.append(big);
    await store.injectFault(fault);
    const batch = [{ appends: [chainBuilder("b", "session").append(big)] }, { appends: [next] }];
    await expect(store.append(batch)).rejects.toEqual({ kind: fault });
    await expect(store.putDraft({ protocol: "p", source: "x".repeat(60_000), at: 1 }, 0)).rejects.toEqual({
      kind: fault,
    });
    expect(await store.lastCommit()).toBe(1);
    expect(await store.head("b")).toBeUndefined();
    await store.injectFault("none");
    expect(await store.append([{ appends: [next] }])).toEqual([{ ok: true, commits: [[2]] }]);
    expect(await store.rebuild()).toMatchObject({ equal: true });
  });

  test("locked", async () => {
    const store = await openForTest({ folder: temporaryFolder(), busyTimeoutMs: 10 });
    const other = new Database(store.file);
    other.exec("BEGIN IMMEDIATE");
    const append = chainBuilder("a", "session").append(step);
    await expect(store.append([{ appends: [append] }])).rejects.toEqual({ kind: "locked" });
    other.exec("ROLLBACK");
    other.close();
    expect(await store.append([{ appends: [append] }])).toEqual([{ ok: true, commits: [[1]] }]);
  });

  test("readonly, for a store opened to read", async () => {
    const folder = temporaryFolder();
    const owner = await openForTest({ folder });
    await owner.append([{ appends: [chainBuilder("a", "session").append(step)] }]);
    const reader = await openForTest({ folder, readonly: true });
    expect(await reader.read("a", 0, 10)).toEqual(await owner.read("a", 0, 10));
    const append = chainBuilder("b", "session").append(step);
    await expect(reader.append([{ appends: [append] }])).rejects.toEqual({ kind: "readonly" });
  });
});

describe("the log on disk", () => {
  test("is WAL, and rejects UPDATE, DELETE and REPLACE of entries and streams", async () => {
    const store = await openForTest({ folder: temporaryFolder() });
    await store.append([{ appends: [chainBuilder("a", "session").append(step)] }]);
    const db = new Database(store.file);
    expect(db.pragma("journal_mode", { simple: true })).toBe("wal");
    db.pragma("recursive_triggers = OFF");
    for (const sql of [
      "UPDATE entries SET seq = 5",
      "DELETE FROM entries",
      "REPLACE INTO entries SELECT * FROM entries",
      "UPDATE streams SET name = 'b'",
      "DELETE FROM streams",
      "REPLACE INTO streams SELECT id, 'b', kind FROM streams",
    ])
      expect(() => db.exec(sql), sql).toThrow("append-only");
    db.close();
  });

  test("an entry that does not decode, or skips a seq, fails its unit alone", async () => {
    const store = await openForTest({ folder: temporaryFolder() });
    const good = chainBuilder("a", "session").append(step);
    const noise = { ...good, stream: "b", entries: [{ seq: 0, bytes: Uint8Array.of(1, 2), hash: "00" }] };
    const gap = { ...chainBuilder("c", "session", { seq: 0, hash: "" }).append(step), expectedSeq: -1 };
    const results = await store.append([{ appends: [noise] }, { appends: [gap] }, { appends: [good] }]);
    expect(results.map((result) => (result.ok ? "ok" : result.error.kind))).toEqual([
      "failed",
      "failed",
      "ok",
    ]);
    expect(await store.streams("session")).toHaveLength(1);
  });

  test("closing waits for what was asked, and what comes later is refused", async () => {
    const folder = temporaryFolder();
    const store = await openForTest({ folder });
    const log = chainBuilder("a", "session");
    const asked = Array.from({ length: 20 }, () => store.append([{ appends: [log.append(step)] }]));
    await store.close();
    expect((await Promise.all(asked)).flat().every(({ ok }) => ok)).toBe(true);
    await expect(store.append([{ appends: [log.append(step)] }])).rejects.toMatchObject({ kind: "failed" });
    expect((await (await openForTest({ folder })).head("a"))?.seq).toBe(19);
  });

  test("idempotency rows are kept for a day of session time", async () => {
    const store = await openForTest({ folder: temporaryFolder() });
    const log = chainBuilder("a", "session");
    const day = 24 * 60 * 60 * 1000;
    const unit = (key: string, at: number) => ({
      appends: [log.append(step)],
      idempotency: { actor: "operator", key, requestHash: "00", answer: "1", at },
    });
    await store.append([unit("k", 0)]);
    await store.append([unit("other", day - 1)]);
    expect(await store.idempotency("operator", "k")).toBeDefined();
    const [again] = await store.append([unit("k", day)]);
    expect(again?.ok).toBe(true);
    await store.append([unit("later", 3 * day)]);
    expect(await store.idempotency("operator", "k")).toBeUndefined();
    expect(await store.idempotency("operator", "later")).toBeDefined();
  });
});
