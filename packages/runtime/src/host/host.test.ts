import type { StoredEntry } from "@parley/wire";
import type { SessionView } from "@parley/wire/http";
import { expect, test } from "vitest";
import { hostFixture, openText } from "../testing/host-fixture.ts";
import { loopSource, pingSource, shopSource } from "../testing/sample-sources.ts";
import { operator } from "./caller.ts";
import type { Host } from "./host-api.ts";
import type { HostErrorKind, Result } from "./host-error.ts";

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const kindOf = <T>(result: Result<T>): HostErrorKind | "ok" => (result.ok ? "ok" : result.error.kind);
const advance = (host: Host, id: string) => host.inputs(operator, id, { inputs: [{ kind: "advance" }] });

/** Advances until nobody can run. */
const settle = async (host: Host, id: string): Promise<SessionView> => {
  while ((await advance(host, id)).ok);
  return must(await host.view(id));
};

const opaque = (type: string) => ({ kind: "opaque" as const, type, json: '{"sku":1}' });

test("a protocol with no decisions runs to its end", async () => {
  const { host } = await hostFixture();
  const view = await settle(host, (await openText(host, pingSource)).id);
  expect(view.status).toBe("completed");
  expect(view.next).toEqual([]);
});

test("a decision waits for its seat, and the arm chosen is the arm taken", async () => {
  const { host } = await hostFixture();
  const { id } = await openText(host, shopSource);
  const waiting = await settle(host, id);
  const decide = waiting.next.find(({ kind }) => kind === "decide");
  expect(decide).toMatchObject({ seat: "Buyer", step: 1 });
  expect(waiting.waiting).toBe(true);
  must(
    await host.inputs(operator, id, {
      inputs: [{ kind: "decide", seat: "Buyer", endpoint: "", step: 1, label: "Leave" }],
    }),
  );
  expect((await settle(host, id)).status).toBe("completed");
});

test("a payload is asked for after its decision, and must fit", async () => {
  const { host } = await hostFixture();
  const { id } = await openText(host, shopSource);
  const ref = { seat: "Buyer", endpoint: "", step: 1 };
  must(await host.inputs(operator, id, { inputs: [{ kind: "decide", ...ref, label: "Buy" }] }));
  const view = await settle(host, id);
  expect(view.roles.find(({ role }) => role === "Buyer")?.endpoints[0]?.wait?.kind).toBe("payload");
  const wrong = await host.inputs(operator, id, {
    inputs: [{ kind: "payload", ...ref, value: { kind: "nat", value: 3 } }],
  });
  expect(kindOf(wrong)).toBe("bad-value");
  must(
    await host.inputs(operator, id, {
      inputs: [{ kind: "payload", ...ref, value: opaque("shop.Order") }],
    }),
  );
  expect((await settle(host, id)).status).toBe("completed");
});

test("what is refused leaves no entry", async () => {
  const { host } = await hostFixture();
  const { id } = await openText(host, shopSource);
  const ask = (seat: string, step: number, label: string) =>
    host.inputs(operator, id, { inputs: [{ kind: "decide", seat, endpoint: "", step, label }] });
  expect(kindOf(await ask("Nobody", 1, "Buy"))).toBe("wrong-seat");
  expect(kindOf(await ask("Buyer", 1, "Steal"))).toBe("unknown-label");
  expect(kindOf(await host.inputs(operator, id, { inputs: [{ kind: "close" }] }))).toBe("head-required");
  expect(kindOf(await host.inputs(operator, id, { expectedHead: 7, inputs: [{ kind: "close" }] }))).toBe(
    "stale-head",
  );
  expect(kindOf(await host.inputs(operator, id, { inputs: [{ kind: "clock", at: 9_999 }] }))).toBe(
    "clock-refused",
  );
  expect(must(await host.view(id)).head).toBe(0);
  await settle(host, id);
  expect(kindOf(await ask("Buyer", 0, "Ask"))).toBe("stale-step");
  expect(kindOf(await advance(host, id))).toBe("nothing-runnable");
  expect(kindOf(await host.view(id, 99))).toBe("bad-position");
});

test("a closed session refuses everything", async () => {
  const { host } = await hostFixture();
  const { id } = await openText(host, shopSource);
  must(await host.inputs(operator, id, { expectedHead: 0, inputs: [{ kind: "close" }] }));
  expect(must(await host.view(id)).status).toBe("closed");
  expect(kindOf(await advance(host, id))).toBe("closed-session");
});

test("several inputs are all taken or none", async () => {
  const { host } = await hostFixture();
  const { id } = await openText(host, shopSource);
  const before = must(await host.view(id));
  const mixed = await host.inputs(operator, id, {
    inputs: [{ kind: "advance" }, { kind: "decide", seat: "Buyer", endpoint: "", step: 1, label: "Steal" }],
  });
  expect(kindOf(mixed)).toBe("unknown-label");
  expect(must(await host.view(id))).toEqual(before);
  const both = await host.inputs(operator, id, {
    inputs: [{ kind: "advance" }, { kind: "decide", seat: "Buyer", endpoint: "", step: 1, label: "Leave" }],
  });
  expect(must(both).entries.map(({ seq }) => seq)).toEqual([1, 2]);
});

test("the facts of an edge are recorded in the session's context, and named as effects", async () => {
  const { host, store } = await hostFixture();
  const { id } = await openText(host, shopSource);
  const { entries } = must(await advance(host, id));
  const [recorded, settled] = entries[0]?.effects ?? [];
  expect(recorded).toEqual({ stream: `ctx:${id}`, seq: 2 });
  const facts = await store.read(`ctx:${id}`, 0, 10);
  expect(facts.map(({ entry }) => entry.input.kind)).toEqual([
    "context.created",
    "replica.joined",
    "facts.added",
  ]);
  expect(settled?.stream).toBe("ada");
  const [charged] = await store.read("ada", settled?.seq ?? 0, 1);
  expect(charged?.entry.input).toMatchObject({
    kind: "sends.settled",
    batch: { device: "ada-phone", charges: [{ context: `ctx:${id}`, peer: "bea", cost: 5, nonce: 5 }] },
  });
  expect(entries[0]?.reads[0]).toMatchObject({
    kind: "guard",
    verdicts: [
      { guard: "capability", subject: "chat:message:send", allow: true },
      { guard: "flow", subject: "5" },
      { guard: "journal", subject: "asked" },
    ],
  });
});

test("the same key gets the same answer; another body does not", async () => {
  const { host } = await hostFixture();
  const { id } = await openText(host, loopSource);
  const caller = { ...operator, key: "k1" };
  const request = { inputs: [{ kind: "advance" as const }] };
  const first = must(await host.inputs(caller, id, request));
  await advance(host, id);
  const again = must(await host.inputs(caller, id, request));
  expect(again).toEqual({ ...first, replayed: true });
  expect(kindOf(await host.inputs(caller, id, { inputs: [{ kind: "advance", max: 2 }] }))).toBe(
    "idempotency-mismatch",
  );
});

test("the same command twice at once says that it is running", async () => {
  const { host } = await hostFixture();
  const { id } = await openText(host, loopSource);
  const caller = { ...operator, key: "k1" };
  const request = { inputs: [{ kind: "advance" as const }] };
  const kinds = (await Promise.all([host.inputs(caller, id, request), host.inputs(caller, id, request)])).map(
    kindOf,
  );
  expect(kinds).toEqual(["ok", "in-flight"]);
});

test("commands of one session are pipelined in order", async () => {
  const { host } = await hostFixture();
  const { id } = await openText(host, loopSource, { decisions: "first" });
  const answers = await Promise.all(Array.from({ length: 30 }, () => advance(host, id)));
  expect(answers.map((answer) => must(answer).head)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
  expect(must(await host.replay(id))).toEqual({ ok: true, head: 30, findings: [] });
});

test("listeners hear every entry once, in commit order, and only when it is durable", async () => {
  const { host, store } = await hostFixture();
  const heard: StoredEntry[] = [];
  const stop = host.subscribe((entry) => heard.push(entry));
  const { id } = await openText(host, pingSource);
  await settle(host, id);
  stop();
  const commits = heard.map(({ commit }) => commit);
  expect(commits).toEqual([...commits].sort((a, b) => a - b));
  expect(commits.at(-1)).toBe(await store.lastCommit());
  const resumed = await host.liveAfter((commits[0] ?? 0) - 1, 100);
  expect(resumed.map(({ commit }) => commit)).toEqual(commits);
});

test("a restarted host finds everything again", async () => {
  const { host, store } = await hostFixture();
  const { id } = await openText(host, shopSource);
  const before = await settle(host, id);
  await host.close();
  const again = (await hostFixture({ store })).host;
  expect(must(await again.view(id))).toEqual(before);
  expect((await again.listSessions()).map((row) => row.id)).toEqual([id]);
  expect(again.authorities()).toEqual(host.authorities());
});

test("a run goes on until somebody must decide, and says so in the view", async () => {
  const { host } = await hostFixture();
  const { id } = await openText(host, shopSource);
  must(await host.run(operator, id, { until: "end" }));
  await host.runEnded(id);
  const view = must(await host.view(id));
  expect(view.run?.state).toBe("done");
  expect(view.next.some(({ kind }) => kind === "decide")).toBe(true);
});

test("a run without an end stops at its limit and can be cancelled", async () => {
  const { host } = await hostFixture();
  const { id } = await openText(host, loopSource, { decisions: "first" });
  must(await host.run(operator, id, { maxEntries: 700 }));
  await host.runEnded(id);
  expect(must(await host.view(id)).run).toMatchObject({ state: "done", done: 700 });
  must(await host.run(operator, id, {}));
  expect(kindOf(await host.run(operator, id, {}))).toBe("run-active");
  must(await host.cancelRun(id));
  await host.runEnded(id);
  expect(must(await host.view(id)).run?.state).toBe("cancelled");
  expect(kindOf(await host.cancelRun(id))).toBe("not-found");
});

test("an eager session runs to where it waits after each input", async () => {
  const { host } = await hostFixture();
  const opened = await openText(host, shopSource, { drive: "eager" });
  expect(opened.next.map(({ kind }) => kind)).toEqual(["decide"]);
  const answer = await host.inputs(operator, opened.id, {
    inputs: [{ kind: "decide", seat: "Buyer", endpoint: "", step: 1, label: "Leave" }],
  });
  expect(must(answer).entries).toHaveLength(1);
  expect(must(await host.view(opened.id)).status).toBe("completed");
});

test("a text with errors can be saved and not opened", async () => {
  const { host } = await hostFixture();
  const saved = must(await host.createProtocol(operator, { name: "Broken", source: "protocol ???" }));
  expect(saved.verdict).toBe("errors");
  expect(kindOf(await host.openSession(operator, { protocol: saved.id }))).toBe("does-not-check");
});

test("a capability without a namespace is refused with the rule that refuses it", async () => {
  const { host } = await hostFixture();
  const source = shopSource.replace("chat:message:send", "send");
  const { id } = must(await host.createProtocol(operator, { name: "Bare", source }));
  const refusal = await host.openSession(operator, { protocol: id });
  const report = !refusal.ok && refusal.error.kind === "not-admitted" ? refusal.error.admission : undefined;
  expect(report?.rules.find(({ outcome }) => outcome !== "passed")?.rule).toBe("guard-capabilities");
});

test("a preview of admission writes nothing", async () => {
  const { host, store } = await hostFixture();
  const { id } = must(await host.createProtocol(operator, { name: "P", source: pingSource }));
  const before = await store.lastCommit();
  expect(must(await host.admission({ protocol: id })).admitted).toBe(true);
  expect(await store.lastCommit()).toBe(before);
});

test("a draft is refused when it was changed elsewhere", async () => {
  const { host } = await hostFixture();
  const { id } = must(await host.createProtocol(operator, { name: "P" }));
  must(await host.putDraft(id, { source: "one", baseRevision: 0 }));
  expect(kindOf(await host.putDraft(id, { source: "two", baseRevision: 0 }))).toBe("stale-draft");
  expect(must(await host.protocol(id)).source).toBe("one");
});

test("hiding a protocol is undone by restoring it", async () => {
  const { host } = await hostFixture();
  const { id } = must(await host.createProtocol(operator, { name: "P", source: pingSource }));
  must(await host.hideProtocol(operator, id));
  expect(await host.listProtocols()).toEqual([]);
  must(await host.restoreProtocol(operator, id));
  expect((await host.listProtocols({ q: "p" })).map((row) => row.id)).toEqual([id]);
});

test("a catalogue text is seeded once, and a newer one adds a version", async () => {
  const seed = (source: string) => [{ id: "ping", name: "Ping", source, page: "# Ping", scenario: null }];
  const first = await hostFixture({ seed: seed(pingSource) });
  const { store } = first;
  await hostFixture({ store, seed: seed(pingSource) });
  const newer = pingSource.replace("Pong", "Echo");
  const { host } = await hostFixture({ store, seed: seed(newer) });
  const detail = must(await host.protocol("ping"));
  expect([detail.versions, detail.source, detail.page]).toEqual([2, newer, "# Ping"]);
});

test("a list says how each session stands, ended or not, moved or not", async () => {
  const { host } = await hostFixture();
  const ended = await openText(host, pingSource);
  const open = await openText(host, shopSource);
  await settle(host, ended.id);
  const statuses = async () =>
    new Map((await host.listSessions()).map(({ id, status, head }) => [id, [status, head]]));
  const before = await statuses();
  expect(before.get(ended.id)?.[0]).toBe("completed");
  expect(before.get(open.id)).toEqual(["active", 0]);
  await advance(host, open.id);
  expect((await statuses()).get(open.id)).toEqual(["active", 1]);
  expect(await host.listSessions({ status: "completed" })).toHaveLength(1);
});

test("one listener that throws keeps no entry from the others", async () => {
  const { host } = await hostFixture();
  const heard: number[] = [];
  const unhandled: unknown[] = [];
  const seen = (bug: unknown) => void unhandled.push(bug);
  const listeners = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", seen);
  try {
    host.subscribe(() => {
      throw new Error("bad listener");
    });
    host.subscribe(({ commit }) => heard.push(commit));
    await openText(host, pingSource);
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.off("unhandledRejection", seen);
    for (const listener of listeners) process.on("unhandledRejection", listener);
  }
  expect(heard.length).toBeGreaterThan(0);
  expect(unhandled).toHaveLength(heard.length);
});

test("sessions that do not fit in memory are folded again when asked for, and lose nothing", async () => {
  const { host, store } = await hostFixture({ liveSessions: 2 });
  const ids: string[] = [];
  for (let i = 0; i < 6; i += 1) ids.push((await openText(host, loopSource, { decisions: "first" })).id);
  for (let lap = 0; lap < 4; lap += 1)
    await Promise.all(ids.map(async (id) => must(await advance(host, id))));
  for (const id of ids) {
    expect((await store.head(id))?.seq).toBe(4);
    expect(must(await host.replay(id)).ok).toBe(true);
  }
});
