import { chainBuilder } from "@parley/runtime/testing";
import { expect, test } from "vitest";
import { openForTest } from "./testing/open-for-test.ts";
import { temporaryFolder } from "./testing/temporary-folder.ts";
import { verifyChain } from "./verify-chain.ts";

const step = { input: { kind: "advance" } } as const;

test("a chain longer than a page verifies up to its head", async () => {
  const store = await openForTest({ folder: temporaryFolder() });
  const append = chainBuilder("a", "session").append(...Array.from({ length: 1201 }, () => step));
  await store.append([{ appends: [append] }]);
  expect(await verifyChain(store, "a")).toEqual({
    ok: true,
    entries: 1201,
    hash: append.entries.at(-1)!.hash,
  });
  expect(await verifyChain(store, "nowhere")).toEqual({ ok: true, entries: 0, hash: "" });
});

test("a hash that is not the hash of its entry is found where it stands", async () => {
  const store = await openForTest({ folder: temporaryFolder() });
  const append = chainBuilder("a", "session").append(step, step, step);
  const entries = append.entries.map((entry) =>
    entry.seq === 1 ? { ...entry, hash: "e".repeat(64) } : entry,
  );
  await store.append([{ appends: [{ ...append, entries }] }]);
  expect(await verifyChain(store, "a")).toEqual({ ok: false, seq: 1, why: "hash" });
});
