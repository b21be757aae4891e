import { expect, test } from "vitest";
import { hostFixture, openText } from "../testing/host-fixture.ts";
import { loopSource, shopSource } from "../testing/sample-sources.ts";
import { operator } from "./caller.ts";
import type { Host } from "./host-api.ts";
import type { Result } from "./host-error.ts";
import { replayFile } from "./transfer/verify-file.ts";

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const kindOf = <T>(result: Result<T>): string => (result.ok ? "ok" : result.error.kind);
const advance = (host: Host, id: string) => host.inputs(operator, id, { inputs: [{ kind: "advance" }] });
const choose = (host: Host, id: string, label: string) =>
  host.inputs(operator, id, {
    inputs: [
      { kind: "decide", seat: "Buyer", endpoint: "", step: 1, label },
      {
        kind: "payload",
        seat: "Buyer",
        endpoint: "",
        step: 1,
        value: { kind: "opaque", type: "shop.Order", json: "{}" },
      },
    ],
  });
const settle = async (host: Host, id: string) => {
  while ((await advance(host, id)).ok);
  return must(await host.view(id));
};

/** A shop session at its decision, and a what-if from there. */
const forked = async () => {
  const fixture = await hostFixture();
  const { host } = fixture;
  const { id } = await openText(host, shopSource);
  const { head } = await settle(host, id);
  const fork = must(await host.fork(operator, id, { at: head }));
  return { ...fixture, id, at: head, fork };
};

test("a fork shares its prefix and starts where it was made", async () => {
  const { host, id, at, fork } = await forked();
  expect(fork.parent).toEqual({ id, at });
  expect(fork.head).toBe(at + 1);
  for (let position = 0; position <= at; position += 1) {
    const parent = must(await host.view(id, position));
    const prefix = must(await host.view(fork.id, position));
    expect([prefix.stateHash, prefix.tick, prefix.next]).toEqual([
      parent.stateHash,
      parent.tick,
      parent.next,
    ]);
  }
  const parentLog = must(await host.log(id, 0, 100)).items;
  const forkLog = must(await host.log(fork.id, 0, 100));
  expect(forkLog.items.slice(0, at + 1)).toEqual(parentLog);
  expect(forkLog.items.map(({ seq }) => seq)).toEqual(Array.from({ length: at + 2 }, (_, i) => i));
  expect(forkLog.head).toBe(at + 1);
});

test("a fork goes its own way, and its parent does not know", async () => {
  const { host, id, fork } = await forked();
  const before = must(await host.view(id));
  must(await choose(host, fork.id, "Buy"));
  expect((await settle(host, fork.id)).status).toBe("completed");
  const after = must(await host.view(id));
  expect({ ...after, branches: [] }).toEqual({ ...before, branches: [] });
  expect(after.branches).toEqual([{ id: fork.id, title: fork.title, at: before.head }]);
});

test("a fork's facts stay in its own overlay", async () => {
  const { host, store } = await hostFixture();
  const { id } = await openText(host, shopSource);
  const fork = must(await host.fork(operator, id, { at: 0 }));
  const { entries } = must(await advance(host, fork.id));
  expect(entries[0]?.effects).toEqual([{ stream: `simulated:${fork.id}`, seq: 1 }]);
  expect(await store.head(`ctx:${fork.id}`)).toBeUndefined();
  expect(await store.head(`ctx:${id}`)).toBeUndefined();
});

test("a fork of a fork's prefix is a fork of the parent", async () => {
  const { host, id, fork } = await forked();
  const again = must(await host.fork(operator, fork.id, { at: 1 }));
  expect(again.parent).toEqual({ id, at: 1 });
  const nested = must(await host.fork(operator, fork.id, { at: fork.head }));
  expect(nested.parent).toEqual({ id: fork.id, at: fork.head });
  must(await choose(host, nested.id, "Leave"));
  expect((await settle(host, nested.id)).status).toBe("completed");
  expect(must(await host.replay(nested.id)).ok).toBe(true);
});

test("positions beyond the head and stale heads are refused", async () => {
  const { host, id, at } = await forked();
  expect(kindOf(await host.fork(operator, id, { at: at + 1 }))).toBe("bad-position");
  expect(kindOf(await host.fork(operator, id, { at: 0, expectedHead: at + 5 }))).toBe("stale-head");
  expect(kindOf(await host.fork(operator, "nobody", { at: 0 }))).toBe("not-found");
});

test("an exported fork is taken in elsewhere, and goes on from where it stood", async () => {
  const { host, id, fork } = await forked();
  must(await choose(host, fork.id, "Buy"));
  await advance(host, fork.id);
  const file = must(await host.exportSession(fork.id));
  const here = must(await host.view(fork.id));
  const other = (await hostFixture()).host;
  const there = must(await other.importSession(operator, file));
  expect({ ...there, updatedAt: 0, createdAt: 0, protocol: {} }).toEqual({
    ...here,
    updatedAt: 0,
    createdAt: 0,
    protocol: {},
  });
  expect((await other.listSessions()).map((row) => row.id).sort()).toEqual([id, fork.id].sort());
  expect((await settle(other, fork.id)).stateHash).toBe((await settle(host, fork.id)).stateHash);
  expect(kindOf(await other.importSession(operator, file))).toBe("session-exists");
});

test("the facts of an exported session come with it, and later ones follow them", async () => {
  const { host, store } = await hostFixture();
  const { id } = await openText(host, shopSource);
  await settle(host, id);
  const other = await hostFixture();
  must(await other.host.importSession(operator, must(await host.exportSession(id))));
  expect((await other.store.head(`ctx:${id}`))?.hash).toBe((await store.head(`ctx:${id}`))?.hash);
  expect(must(await other.host.replay(id)).ok).toBe(true);
});

test("any changed byte of an exported session is found", async () => {
  const { host } = await hostFixture();
  const { id } = await openText(host, loopSource, { decisions: "first" });
  for (let i = 0; i < 5; i += 1) await advance(host, id);
  const file = must(await host.exportSession(id));
  expect(must(replayFile(file))).toEqual({ ok: true, head: 5, findings: [] });
  const other = (await hostFixture()).host;
  const named = new Set<string>();
  for (let at = 0; at < file.length; at += 7) {
    const changed = file.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    named.add(kindOf(await other.importSession(operator, changed)));
  }
  expect([...named].sort()).toEqual(["bad-export", "export-differs"]);
});

test("a file that is none is refused", () => {
  expect(kindOf(replayFile(new Uint8Array([1, 2, 3])))).toBe("bad-export");
  expect(kindOf(replayFile(new Uint8Array()))).toBe("bad-export");
});

test("an imported version never becomes the latest of a protocol that is here already", async () => {
  const seed = (source: string) => [{ id: "shop", name: "Shop", source, page: null, scenario: null }];
  const { host } = await hostFixture({ seed: seed(shopSource) });
  const { session } = must(await host.openSession(operator, { protocol: "shop" }));
  const file = must(await host.exportSession(session.id));
  const newer = shopSource.replace("Receipt", "Thanks");
  const other = (await hostFixture({ seed: seed(newer) })).host;
  const taken = must(await other.importSession(operator, file));
  expect(must(await other.protocol("shop")).source).toBe(newer);
  expect(taken.protocol.name).toBe("Shop (imported)");
  expect(taken.source).toBe(shopSource);
});
