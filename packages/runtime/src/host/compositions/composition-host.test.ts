import type { CompositionView, StartCompositionRequest } from "@parley/wire/http";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../testing/fixed-ports.ts";
import { type HostFixture, hostFixture } from "../../testing/host-fixture.ts";
import { pingSource, shopSource } from "../../testing/sample-sources.ts";
import { operator } from "../caller.ts";
import type { Host } from "../host-api.ts";
import type { Result } from "../host-error.ts";
import { memoryStore } from "../memory-store.ts";

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const refusal = (result: Result<unknown>): string => (result.ok ? "accepted" : result.error.kind);

const protocol = async (host: Host, source: string) =>
  must(await host.createProtocol(operator, { name: "Test", source })).id;

const start = async (host: Host, request: StartCompositionRequest) =>
  must(await host.startComposition(operator, request));
const toEnd = async (host: Host, id: string) =>
  must(await host.stepComposition(operator, id, { until: "end" }));
const states = ({ lanes }: CompositionView) => lanes.map(({ name, state }) => `${name} ${state}`);

type Phase = Extract<
  Extract<StartCompositionRequest, { composition: unknown }>["composition"],
  { kind: "sequential" }
>["phases"][number];
const phase = (name: string, of: string, more: Partial<Phase> = {}): Phase => ({
  name,
  protocol: of,
  uses: [],
  open: { grant: "declared", decisions: "first" },
  ...more,
});

/** The first phase asks for a decision, the others go by themselves. */
const fixture = async (options: Parameters<typeof hostFixture>[0] = {}) => {
  const made = await hostFixture(options);
  return {
    ...made,
    ping: await protocol(made.host, pingSource),
    shop: await protocol(made.host, shopSource),
  };
};

/** Somebody ends a session by hand. */
const cancel = (host: Host, session: string) =>
  host.inputs(operator, session, { inputs: [{ kind: "cancel", reason: "no longer" }] });

describe("phases one after the other", () => {
  test("open sessions of their own, take what came before, and end with every result", async () => {
    const { host, ping, shop } = await fixture();
    const phases = [
      phase("a", shop),
      phase("b", ping, { uses: ["a"] }),
      phase("c", ping, { uses: ["a", "b"] }),
    ];
    const { id, lanes, next } = await start(host, {
      composition: { kind: "sequential", name: "line", phases },
    });
    expect(lanes.map(({ state }) => state)).toEqual(["waiting", "waiting", "waiting"]);
    expect(next).toContain("for a");
    const end = await toEnd(host, id);
    expect(end).toMatchObject({ status: "completed", completed: 3, next: null, failure: null });
    expect(Object.keys(end.results ?? {})).toEqual(["a", "b", "c"]);
    expect(end.results?.a).toMatchObject({ Buyer: { label: "Buy" }, Shop: { label: "Receipt" } });
    expect(end.log.map(({ kind }) => kind)).toEqual(["a", "b", "c"].flatMap(() => ["started", "completed"]));
    const last = end.lanes[2]?.session?.id ?? "";
    expect(must(await host.view(last))).toMatchObject({ status: "completed" });
    const notes = must(await host.facts(`ctx:${last}`, { type: "context.note" })).items;
    expect(notes.map(({ payload }) => (payload as { text: string }).text.slice(0, 8)).sort()).toEqual([
      "takes a:",
      "takes b:",
    ]);
    expect(refusal(await host.stepComposition(operator, id, {}))).toBe("composition-ended");
  });

  test("wait for whoever must decide, say for whom, and go on from there", async () => {
    const { host, shop } = await fixture();
    const phases = [phase("a", shop, { open: { grant: "declared" } })];
    const { id } = await start(host, { composition: { kind: "sequential", name: "one", phases } });
    const waiting = await toEnd(host, id);
    expect(waiting).toMatchObject({ status: "running", next: null });
    expect(waiting.waits).toMatchObject([{ phase: "a", why: "waits for a decision of Buyer" }]);
    const session = waiting.waits[0]?.session ?? "";
    const view = must(await host.view(session));
    const decide = view.next.find(({ kind }) => kind === "decide");
    if (decide?.kind !== "decide") throw new Error("nobody decides");
    const { seat, endpoint, step } = decide;
    must(
      await host.inputs(operator, session, {
        inputs: [{ kind: "decide", seat, endpoint, step, label: "Leave" }],
      }),
    );
    expect(await toEnd(host, id)).toMatchObject({
      status: "completed",
      results: { a: { Buyer: { label: "Leave" } } },
    });
  });

  test("one that fails ends it, naming what had completed; the rest never opens a session", async () => {
    const { host, ping, shop } = await fixture();
    const phases = [phase("a", ping), phase("b", shop, { open: { grant: "declared" } }), phase("c", ping)];
    const { id } = await start(host, { composition: { kind: "sequential", name: "line", phases } });
    const waiting = await toEnd(host, id);
    must(await cancel(host, waiting.waits[0]?.session ?? ""));
    const sessions = (await host.listSessions()).length;
    const end = await toEnd(host, id);
    expect(states(end)).toEqual(["a completed", "b failed", "c cancelled"]);
    expect(end.failure).toMatchObject({ phase: "b", completed: ["a"] });
    expect((await host.listSessions()).length).toBe(sessions);
  });

  test("a failed one is undone in reverse by sessions of their own, and what could not be undone is said", async () => {
    const { host, ping, shop } = await fixture();
    const phases = [
      phase("a", ping, { undo: ping }),
      phase("b", ping, { undo: ping }),
      phase("c", shop, { open: { grant: "declared" } }),
    ];
    const { id } = await start(host, { composition: { kind: "sequential", name: "line", phases } });
    await toEnd(host, id);
    const end = must(await host.cancelComposition(operator, id, "not wanted"));
    expect(states(end)).toEqual(["a undone", "b undone", "c failed"]);
    expect(end.failure).toMatchObject({ phase: "c", cause: "not wanted", notUndone: [] });
    expect(end.log.map(({ kind, detail }) => `${kind} ${detail.slice(0, 1)}`).slice(-5)).toEqual([
      "failed c",
      "undoing b",
      "undone b",
      "undoing a",
      "undone a",
    ]);
    expect(must(await host.view(end.lanes[2]?.session?.id ?? "")).status).toBe("cancelled");
  });

  test("a protocol that cannot be opened fails its phase with the reason", async () => {
    const { host, ping } = await fixture();
    const seats = [{ role: "Nobody", authority: "ada", device: "ada-phone" }];
    const phases = [phase("a", ping, { open: { seats } })];
    const { id } = await start(host, { composition: { kind: "sequential", name: "x", phases } });
    expect(await toEnd(host, id)).toMatchObject({ status: "failed", failure: { phase: "a", completed: [] } });
  });
});

describe("phases side by side", () => {
  const side = async (of: HostFixture & { ping: string; shop: string }, timeout = 1_000) => {
    const phases = [phase("a", of.ping), phase("b", of.shop, { open: { grant: "declared" } })];
    return start(of.host, { composition: { kind: "parallel", name: "side", phases, timeout } });
  };

  test("are given up at the deadline by the timer mechanism, and what still runs is cancelled", async () => {
    const of = await fixture();
    const { id, deadline } = await side(of);
    const waiting = await toEnd(of.host, id);
    expect(states(waiting)).toEqual(["a completed", "b running"]);
    expect(of.host.nextDeadline()).toBe(deadline);
    expect(await of.host.fireTimers(of.clock.now())).toBe(0);
    of.clock.advance(1_000);
    expect(await of.host.fireTimers(of.clock.now())).toBe(1);
    const end = must(await of.host.composition(id));
    expect(states(end)).toEqual(["a completed", "b cancelled"]);
    expect(end.failure).toMatchObject({ phase: "b", completed: ["a"] });
    expect(must(await of.host.view(end.lanes[1]?.session?.id ?? "")).status).toBe("cancelled");
    expect(of.host.nextDeadline()).toBeUndefined();
  });

  test("are given up after a restart, too", async () => {
    const store = memoryStore();
    const of = await fixture({ store });
    const { id, deadline } = await side(of);
    const again = await hostFixture({ store, random: seededRandom(7) });
    expect(again.host.nextDeadline()).toBe(deadline);
    again.clock.advance(5_000);
    await again.host.fireTimers(again.clock.now());
    expect(must(await again.host.composition(id)).status).toBe("failed");
  });
});

describe("an effect program", () => {
  const program = (
    of: string,
    capability: string,
  ): Extract<StartCompositionRequest, { composition: unknown }>["composition"] => ({
    kind: "program",
    name: "join",
    steps: [
      { kind: "effect", effect: { kind: "ValidateCapability", capability, role: "Buyer" } },
      { kind: "phase", phase: phase("a", of) },
      { kind: "effect", effect: { kind: "LogEvent", event: "joined the shop" } },
    ],
  });

  test("judges capabilities by the seat's tokens, and notes events in the context", async () => {
    const { host, shop } = await fixture();
    const { id } = await start(host, { composition: program(shop, "chat:message:send") });
    const end = await toEnd(host, id);
    expect(end.status).toBe("completed");
    expect(end.log.map(({ kind }) => kind)).toEqual(["effect", "started", "completed", "effect"]);
    const context = `ctx:${end.lanes[1]?.session?.id}`;
    const [note] = must(await host.facts(context, { type: "context.note" })).items;
    expect(note?.payload).toEqual({ text: "joined the shop" });
  });

  test("ends where a capability is refused, before any session opens", async () => {
    const { host, shop } = await fixture();
    const { id } = await start(host, { composition: program(shop, "moon:land") });
    const end = await toEnd(host, id);
    expect(end).toMatchObject({ status: "failed", failure: { phase: "step 1", completed: [] } });
    expect(end.lanes[0]).toMatchObject({ state: "failed", cause: expect.stringContaining("moon:land") });
    expect(await host.listSessions()).toEqual([]);
  });
});

test("a composition that cannot be is refused before anything is written, with its reason", async () => {
  const { host, ping } = await fixture();
  const commit = await host.lastCommit();
  const of = (phases: Phase[]) =>
    host.startComposition(operator, { composition: { kind: "sequential", name: "x", phases } });
  const refusals = [
    await of([]),
    await of([phase("a", ping), phase("a", ping)]),
    await of([phase("a", ping, { uses: ["b"] })]),
    await of([phase("a", "nobody")]),
    await of([phase("a", ping, { undo: "nobody" })]),
    await host.startComposition(operator, { shipped: "nothing" }),
    await host.stepComposition(operator, "cmp_nothing", {}),
  ];
  expect(refusals.map(refusal)).toEqual([
    "empty-composition",
    "duplicate-phase",
    "unknown-result",
    "not-found",
    "not-found",
    "not-found",
    "not-found",
  ]);
  expect(await host.lastCommit()).toBe(commit);
});

test("a step that is asked for twice under one key is done once", async () => {
  const { host, ping } = await fixture();
  const phases = [phase("a", ping), phase("b", ping)];
  const { id } = await start(host, { composition: { kind: "sequential", name: "line", phases } });
  const caller = { ...operator, key: "k1" };
  must(await host.stepComposition(caller, id, {}));
  const again = await host.stepComposition(caller, id, {});
  expect(again).toMatchObject({ ok: true, replayed: true });
  expect(must(await host.composition(id)).log).toHaveLength(1);
});

test("killed after any number of steps it resumes to the same end, opening no session twice", async () => {
  const run = async (cuts: readonly number[]) => {
    const store = memoryStore();
    const first = await fixture({ store });
    let { host } = first;
    const { ping, shop } = first;
    const steps = [
      { kind: "phase", phase: phase("a", shop) },
      { kind: "effect", effect: { kind: "LogEvent", event: "half way" } },
      { kind: "phase", phase: phase("b", ping, { uses: ["a"] }) },
    ] as const;
    const { id } = await start(host, { composition: { kind: "program", name: "p", steps: [...steps] } });
    for (const [life, count] of cuts.entries()) {
      for (let step = 0; step < count; step += 1) await host.stepComposition(operator, id, {});
      ({ host } = await hostFixture({ store, random: seededRandom(life + 50) }));
    }
    if (must(await host.composition(id)).status === "running") await toEnd(host, id);
    const end = must(await host.composition(id));
    return {
      results: end.results,
      log: end.log.map(({ kind }) => kind),
      sessions: (await host.listSessions()).length,
    };
  };
  const whole = await run([]);
  expect(whole).toMatchObject({
    sessions: 2,
    log: ["started", "completed", "effect", "started", "completed"],
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
      async (cuts) => {
        expect(await run(cuts)).toEqual(whole);
      },
    ),
    { numRuns: 10 },
  );
});
