import { expect, test } from "vitest";
import { failingStore } from "../testing/failing-store.ts";
import { hostFixture, openText } from "../testing/host-fixture.ts";
import { loopSource } from "../testing/sample-sources.ts";
import { operator } from "./caller.ts";
import type { Host } from "./host-api.ts";
import type { Result } from "./host-error.ts";
import { memoryStore } from "./memory-store.ts";

const kindOf = <T>(result: Result<T>): string => (result.ok ? "ok" : result.error.kind);
const advance = (host: Host, id: string, key?: string) =>
  host.inputs(key === undefined ? operator : { ...operator, key }, id, { inputs: [{ kind: "advance" }] });

const begin = async () => {
  const failing = failingStore(memoryStore());
  const { host } = await hostFixture({ store: failing.store });
  const a = await openText(host, loopSource, { decisions: "first" });
  const b = await openText(host, loopSource, { decisions: "first" });
  return { failing, host, a: a.id, b: b.id };
};

test.each([
  [{ kind: "full" } as const, "store-full"],
  [{ kind: "readonly" } as const, "store-readonly"],
  [{ kind: "locked" } as const, "store-locked"],
  [{ kind: "failed", reason: "io" } as const, "store-failed"],
])("a commit that fails (%j) returns every stream to what is durable", async (error, kind) => {
  const { failing, host, a, b } = await begin();
  await advance(host, a);
  const before = await host.view(a);
  failing.fail(error);
  const answers = await Promise.all([advance(host, a), advance(host, a), advance(host, b)]);
  expect(answers.map(kindOf)).toEqual([kind, kind, kind]);
  expect(await host.view(a)).toEqual(before);
  failing.fail(undefined);
  expect(kindOf(await advance(host, a))).toBe("ok");
  expect(kindOf(await advance(host, b))).toBe("ok");
  expect(await host.replay(a)).toEqual({ ok: true, value: { ok: true, head: 2, findings: [] } });
});

test("a unit that fails takes with it what was built on it, and nothing else", async () => {
  const { failing, host, a, b } = await begin();
  failing.failUnit({ kind: "failed", reason: "savepoint" });
  const answers = await Promise.all([advance(host, a), advance(host, a), advance(host, b)]);
  expect(answers.map(kindOf)).toEqual(["store-failed", "store-failed", "ok"]);
  expect(kindOf(await advance(host, a))).toBe("ok");
});

test("a failed opening leaves no session and no registration", async () => {
  const { failing, host, a } = await begin();
  const view = await host.view(a);
  const protocol = view.ok ? view.value.protocol.id : "";
  const before = (await host.listSessions()).length;
  failing.fail({ kind: "full" });
  expect(kindOf(await host.openSession(operator, { protocol }))).toBe("store-full");
  expect(kindOf(await host.createProtocol(operator, { name: "x" }))).toBe("store-full");
  failing.fail(undefined);
  expect((await host.listSessions()).length).toBe(before);
  expect(kindOf(await host.openSession(operator, { protocol }))).toBe("ok");
});

test("a failed command's key is free again", async () => {
  const { failing, host, a } = await begin();
  failing.fail({ kind: "full" });
  expect(kindOf(await advance(host, a, "k"))).toBe("store-full");
  failing.fail(undefined);
  expect(kindOf(await advance(host, a, "k"))).toBe("ok");
});

test("after closing, commands are refused and what was answered is there", async () => {
  const { host, a, failing } = await begin();
  const running = advance(host, a);
  await host.close();
  expect(kindOf(await running)).toBe("ok");
  expect(kindOf(await advance(host, a))).toBe("host-closed");
  expect((await failing.store.head(a))?.seq).toBe(1);
});
