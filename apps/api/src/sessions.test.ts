import type { EntryJson } from "@parley/wire/http";
import { describe, expect, test } from "vitest";
import { input, openAtDecision, openText } from "./testing/open.ts";
import { endless, shop, turns, workers } from "./testing/sources.ts";
import { type TestStudio, testStudio } from "./testing/test-studio.ts";

const decideBuy = (view: { readonly next: readonly unknown[] }, label = "Buy") => {
  const question = view.next.find((action) => (action as { kind: string }).kind === "decide");
  const { seat, endpoint, step } = question as { seat: string; endpoint: string; step: number };
  return { kind: "decide", seat, endpoint, step, label };
};

const order = (step: number) => ({
  kind: "payload",
  seat: "Buyer",
  step,
  value: { kind: "opaque", type: "shop.Order", json: '{"item":1}' },
});

/** Inputs that must be refused with a status and a code, leaving the session as it was. */
const refuses = async (
  studio: TestStudio,
  id: string,
  body: unknown,
  expected: readonly [number, string],
): Promise<Record<string, unknown>> => {
  const before = await studio.get(`/api/sessions/${id}`);
  const commit = await studio.host.lastCommit();
  const refused = await studio.post(`/api/sessions/${id}/inputs`, body);
  expect([refused.status, refused.body.code], JSON.stringify(refused.body)).toEqual(expected);
  expect((await studio.get(`/api/sessions/${id}`)).body).toEqual(before.body);
  expect(await studio.host.lastCommit()).toBe(commit);
  return refused.body.fields;
};

describe("opening", () => {
  test("a preview of the admission says what opening would, and writes nothing", async () => {
    const studio = await testStudio();
    const { body } = await studio.post("/api/protocols", { name: "Shop", source: shop });
    const before = await studio.host.lastCommit();
    const preview = await studio.post("/api/admission", { protocol: body.id });
    expect(preview.body.admitted).toBe(true);
    expect(await studio.host.lastCommit()).toBe(before);
    const opened = await studio.post("/api/sessions", { protocol: body.id });
    expect(opened.body.admission).toEqual(preview.body);
    expect(opened.body.session).toMatchObject({ head: 0, at: 0, status: "active", title: "Shop" });
  });

  test("a session that is not admitted is refused with the whole report", async () => {
    const studio = await testStudio();
    const source = shop.replace("chat:message:send", "Not A Capability");
    const { body } = await studio.post("/api/protocols", { name: "Shop", source });
    const before = await studio.host.lastCommit();
    const refused = await studio.post("/api/sessions", { protocol: body.id, policy: "no.such.policy" });
    expect([refused.status, refused.body.code]).toEqual([422, "PAR7101"]);
    const { admission } = refused.body.fields;
    expect(admission.admitted).toBe(false);
    expect(admission.rules.some((rule: { outcome: string }) => rule.outcome === "refused")).toBe(true);
    expect(await studio.host.lastCommit()).toBe(before);
  });

  test("an unknown version, a wrong binding and a device of nobody are refused", async () => {
    const studio = await testStudio();
    const { body } = await studio.post("/api/protocols", { name: "Shop", source: shop });
    const protocol = body.id;
    const ask = async (more: object) => {
      const { status, body } = await studio.post("/api/sessions", { protocol, ...more });
      return [status, body.code];
    };
    expect(await ask({ version: "a".repeat(64) })).toEqual([404, "PAR7102"]);
    const seats = [{ role: "Buyer", authority: "nobody", device: "nothing" }];
    expect(await ask({ seats })).toEqual([422, "PAR7107"]);
    const many = await studio.post("/api/protocols", { name: "Many", source: workers });
    const unbound = await studio.post("/api/sessions", { protocol: many.body.id });
    expect([unbound.status, unbound.body.code]).toEqual([422, "PAR7106"]);
  });

  test("the list of sessions answers by protocol, status and parent", async () => {
    const studio = await testStudio();
    const first = await openText(studio);
    const second = await openText(studio, turns);
    await input(studio, first.id, { kind: "cancel", reason: "no" });
    const fork = (await studio.post(`/api/sessions/${second.id}/fork`, { at: 0 })).body;
    const ids = async (query: string) =>
      (await studio.get(`/api/sessions?${query}`)).body.items.map((item: { id: string }) => item.id);
    expect(await ids("")).toEqual([fork.id, second.id, first.id]);
    expect(await ids(`protocol=${first.protocol.id}`)).toEqual([first.id]);
    expect(await ids("status=cancelled")).toEqual([first.id]);
    expect(await ids(`parent=${second.id}`)).toEqual([fork.id]);
  });
});

describe("inputs", () => {
  test("a session is decided, paid and stepped to its end", async () => {
    const studio = await testStudio();
    const start = await openAtDecision(studio);
    let view = await input(studio, start.id, decideBuy(start));
    view = await input(studio, view.id, { kind: "advance" });
    const step = view.next.find(({ kind }) => kind === "payload");
    view = await input(studio, view.id, order(step?.kind === "payload" ? step.step : -1));
    while (view.status === "active") view = await input(studio, view.id, { kind: "advance" });
    expect(view).toMatchObject({ status: "completed", next: [] });
    const fields = await refuses(studio, view.id, { inputs: [{ kind: "advance" }] }, [409, "PAR7007"]);
    expect(fields).toMatchObject({ status: "completed" });
  });

  test("stale steps, unknown labels, wrong seats and values of another sort are refused", async () => {
    const studio = await testStudio();
    const view = await openAtDecision(studio);
    const { id } = view;
    const decide = decideBuy(view);
    const one = (input: object, expected: readonly [number, string]) =>
      refuses(studio, id, { inputs: [input] }, expected);
    expect(await one({ ...decide, label: "Steal" }, [422, "PAR7005"])).toMatchObject({
      labels: ["Buy", "Leave"],
    });
    await one({ ...decide, seat: "Thief" }, [422, "PAR7004"]);
    await one({ ...decide, endpoint: "0" }, [422, "PAR7004"]);
    expect(await one({ ...decide, step: 0 }, [409, "PAR7006"])).toMatchObject({ actual: decide.step });
    await one({ ...order(decide.step), value: { kind: "bool", value: true } }, [422, "PAR7009"]);
    const json = JSON.stringify("x".repeat(70_000));
    const large = { ...order(decide.step), value: { kind: "opaque", type: "shop.Order", json } };
    await one(large, [413, "PAR7301"]);
    await one({ ...large, value: { ...large.value, json: "{" } }, [422, "PAR7009"]);
    await one({ kind: "clock", at: 5 }, [422, "PAR7011"]);
    await one({ kind: "pause", role: "Thief" }, [422, "PAR7004"]);
  });

  test("an input for another head is refused, and structural ones must name theirs", async () => {
    const studio = await testStudio();
    const { id, head } = await openAtDecision(studio);
    const stale = await refuses(studio, id, { expectedHead: head - 1, inputs: [{ kind: "advance" }] }, [
      409,
      "PAR7002",
    ]);
    expect(stale).toMatchObject({ expected: head - 1, actual: head });
    const frame = { kind: "inject", from: "Shop", to: "Buyer", label: "Receipt", value: { kind: "unit" } };
    const missing = await refuses(studio, id, { inputs: [frame] }, [428, "PAR7003"]);
    expect(missing).toMatchObject({ input: "inject", actual: head });
    await refuses(studio, id, { inputs: [{ kind: "close" }] }, [428, "PAR7003"]);
    const strange = { ...frame, to: "Nobody" };
    await refuses(studio, id, { expectedHead: head, inputs: [strange] }, [422, "PAR7010"]);
    const injected = await studio.post(`/api/sessions/${id}/inputs`, { expectedHead: head, inputs: [frame] });
    expect([injected.status, injected.body.head]).toEqual([200, head + 1]);
    const closed = await studio.post(`/api/sessions/${id}/inputs`, {
      expectedHead: head + 1,
      inputs: [{ kind: "close" }],
    });
    expect(closed.status).toBe(200);
    expect((await studio.get(`/api/sessions/${id}`)).body.status).toBe("closed");
  });

  test("inputs of one request are all taken or none", async () => {
    const studio = await testStudio();
    const view = await openAtDecision(studio);
    const decide = decideBuy(view);
    const bad = { ...decide, label: "Steal" };
    await refuses(studio, view.id, { inputs: [decide, { kind: "pause", role: "Shop" }, bad] }, [
      422,
      "PAR7005",
    ]);
    const both = await studio.post(`/api/sessions/${view.id}/inputs`, {
      inputs: [decide, { kind: "pause", role: "Shop" }],
    });
    expect(both.body).toMatchObject({ head: view.head + 2, replayed: false });
    expect(both.body.entries.map((entry: EntryJson) => entry.seq)).toEqual([view.head + 1, view.head + 2]);
  });

  test("a hundred inputs are taken, one more is refused", async () => {
    const studio = await testStudio();
    const { id } = await openText(studio, endless);
    const inputs = (count: number) => ({
      inputs: Array.from({ length: count }, () => ({ kind: "advance" })),
    });
    const taken = await studio.post(`/api/sessions/${id}/inputs`, inputs(100));
    expect(taken.body.entries).toHaveLength(100);
    const refused = await refuses(studio, id, inputs(101), [422, "PAR7802"]);
    expect(refused).toMatchObject({ issues: [{ path: ["inputs"] }] });
    await refuses(studio, id, inputs(0), [422, "PAR7802"]);
  });
});

describe("looking", () => {
  test("every position can be looked at, and shows what the head was then", async () => {
    const studio = await testStudio();
    let view = await openText(studio, shop, { decisions: "first", clock: "manual" });
    const seen = [view];
    while (view.next.some(({ kind }) => kind === "advance")) {
      view = await input(studio, view.id, { kind: "advance" });
      seen.push(view);
    }
    expect(seen.length).toBeGreaterThan(3);
    for (const then of seen) {
      const { body } = await studio.get(`/api/sessions/${view.id}?at=${then.at}`);
      expect({ ...body, head: then.head }).toMatchObject({
        at: then.at,
        stateHash: then.stateHash,
        protocolHash: then.protocolHash,
        roles: then.roles,
        edges: then.edges,
        next: then.next,
      });
    }
    const beyond = await studio.get(`/api/sessions/${view.id}?at=${view.head + 1}`);
    expect([beyond.status, beyond.body.code]).toEqual([404, "PAR7013"]);
    for (const at of ["-1", "x", "", "1.5", "1e3"])
      expect((await studio.get(`/api/sessions/${view.id}?at=${at}`)).status).toBe(422);
  });

  test("the log is read page by page, and a fork's through its parents", async () => {
    const studio = await testStudio();
    const { id } = await openText(studio, endless);
    await studio.post(`/api/sessions/${id}/inputs`, { inputs: Array(20).fill({ kind: "advance" }) });
    const fork = (await studio.post(`/api/sessions/${id}/fork`, { at: 7, title: "What if" })).body;
    expect(fork).toMatchObject({ head: 8, parent: { id, at: 7 }, title: "What if" });
    await input(studio, fork.id, { kind: "advance" }, { kind: "advance" });
    const twice = (await studio.post(`/api/sessions/${fork.id}/fork`, { at: 9 })).body;
    await input(studio, twice.id, { kind: "advance" });
    const hashes = async (path: string) =>
      (await studio.get(path)).body.items.map((entry: EntryJson) => [entry.seq, entry.hash]);
    const whole = await hashes(`/api/sessions/${twice.id}/log`);
    expect(whole.map(([seq]: [number]) => seq)).toEqual([...whole.keys()]);
    expect(whole.slice(0, 8)).toEqual((await hashes(`/api/sessions/${id}/log`)).slice(0, 8));
    const pages = [];
    for (let from = 0; from < whole.length; from += 3)
      pages.push(...(await hashes(`/api/sessions/${twice.id}/log?from=${from}&limit=3`)));
    expect(pages).toEqual(whole);
    for (const query of ["from=-1", "limit=0", "limit=5001", "from=x"])
      expect((await studio.get(`/api/sessions/${id}/log?${query}`)).status).toBe(422);
  });

  test("a fork leaves its parent as it was, and is refused beyond the head", async () => {
    const studio = await testStudio();
    const parent = await openAtDecision(studio);
    const fork = (await studio.post(`/api/sessions/${parent.id}/fork`, { at: parent.head })).body;
    await input(studio, fork.id, decideBuy(fork, "Leave"), { kind: "advance" });
    const after = (await studio.get(`/api/sessions/${parent.id}`)).body;
    expect(after).toEqual({ ...parent, branches: [{ id: fork.id, title: fork.title, at: parent.head }] });
    const beyond = await studio.post(`/api/sessions/${parent.id}/fork`, { at: parent.head + 1 });
    expect([beyond.status, beyond.body.code]).toEqual([404, "PAR7013"]);
    const stale = await studio.post(`/api/sessions/${parent.id}/fork`, { at: 0, expectedHead: 0 });
    expect([stale.status, stale.body.code]).toEqual([409, "PAR7002"]);
  });

  test("what is no session is 404, whatever is asked of it and whatever stream it is", async () => {
    const studio = await testStudio();
    const { id } = await openText(studio);
    for (const name of ["nope", "workspace", "ada", `ctx:${id}`, "%FF", "__proto__"]) {
      const path = `/api/sessions/${name}`;
      const asked = await Promise.all([
        studio.get(path),
        studio.get(`${path}/programs`),
        studio.get(`${path}/log`),
        studio.get(`${path}/export`),
        studio.get(`${path}/stream`),
        studio.post(`${path}/inputs`, { inputs: [{ kind: "advance" }] }),
        studio.post(`${path}/run`, {}),
        studio.send("DELETE", `${path}/run`),
        studio.post(`${path}/fork`, { at: 0 }),
      ]);
      expect(asked.map(({ status, body }) => [name, status, body.code])).toEqual(
        asked.map(() => [name, 404, "PAR7001"]),
      );
    }
  });
});

describe("running on", () => {
  test("a run goes to the next decision, then to the end, and says how far it came", async () => {
    const studio = await testStudio();
    const { id } = await openText(studio, turns);
    const run = await studio.post(`/api/sessions/${id}/run`, { until: "decision" });
    expect(run.status).toBe(202);
    await studio.host.runEnded(id);
    const view = (await studio.get(`/api/sessions/${id}`)).body;
    expect(view.run).toMatchObject({ id: run.body.id, state: "done", done: view.head });
    expect(view.next[0]).toMatchObject({ kind: "decide", seat: "A" });
    expect((await studio.post(`/api/sessions/${id}/run`, {})).status).toBe(202);
    await studio.host.runEnded(id);
    const nothing = await studio.post(`/api/sessions/${id}/run`, {});
    expect([nothing.status, nothing.body.code]).toEqual([409, "PAR7008"]);
  });

  test("a run is seen in progress, refuses a second one, and is cancelled between two entries", async () => {
    const studio = await testStudio();
    const { id } = await openText(studio, endless);
    const started = await studio.post(`/api/sessions/${id}/run`, { maxEntries: 1_000_000 });
    expect(started.status).toBe(202);
    const second = await studio.post(`/api/sessions/${id}/run`, {});
    expect([second.status, second.body.code]).toEqual([409, "PAR7203"]);
    expect((await studio.get(`/api/sessions/${id}`)).body.run).toMatchObject({ state: "running" });
    expect((await studio.send("DELETE", `/api/sessions/${id}/run`)).status).toBe(204);
    await studio.host.runEnded(id);
    const view = (await studio.get(`/api/sessions/${id}`)).body;
    expect(view.run).toMatchObject({ state: "cancelled", done: view.head });
    expect((await studio.get(`/api/sessions/${id}/log?from=${view.head}&limit=2`)).body.items).toHaveLength(
      1,
    );
    const gone = await studio.send("DELETE", `/api/sessions/${id}/run`);
    expect([gone.status, gone.body.code]).toEqual([404, "PAR7001"]);
  });
});
