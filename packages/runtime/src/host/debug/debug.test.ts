import type { EntryJson, RunRequest } from "@parley/wire/http";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hostFixture, openText } from "../../testing/host-fixture.ts";
import { loopSource, pingSource, shopSource } from "../../testing/sample-sources.ts";
import { timedSources } from "../../testing/timed-sources.ts";
import { operator } from "../caller.ts";
import type { Host } from "../host-api.ts";
import type { Result } from "../host-error.ts";

const retrySource = timedSources.retry ?? "";

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const codeOf = <T>(result: Result<T>): string => (result.ok ? "ok" : result.error.code);

const run = async (host: Host, id: string, request: RunRequest) => {
  must(await host.run(operator, id, request));
  await host.runEnded(id);
  return must(await host.view(id));
};

const truth = (value: unknown): boolean => value !== false && value !== 0 && value !== "";

/** What an expression is worth at every position. */
const values = async (host: Host, id: string, expr: string): Promise<readonly unknown[]> => {
  const { head } = must(await host.view(id));
  const all: unknown[] = [];
  for (let at = 0; at <= head; at += 1) {
    const [found] = must(await host.watch(id, at, [expr])).values;
    all.push(found !== undefined && "value" in found ? found.value : undefined);
  }
  return all;
};

const decide = (label: string, step: number, seat = "Buyer") =>
  ({ kind: "decide", seat, endpoint: "", step, label }) as const;

/** A shop session whose buyer has bought, and the position before that decision. */
const bought = async () => {
  const fixture = await hostFixture();
  const { host } = fixture;
  const { id } = await openText(host, shopSource, { clock: "manual" });
  const { head: at, next } = await run(host, id, { until: "end" });
  const action = next.find(({ kind }) => kind === "decide");
  const step = action?.kind === "decide" ? action.step : -1;
  must(
    await host.inputs(operator, id, {
      inputs: [
        decide("Buy", step),
        {
          kind: "payload",
          seat: "Buyer",
          endpoint: "",
          step,
          value: { kind: "opaque", type: "shop.Order", json: "{}" },
        },
      ],
    }),
  );
  await run(host, id, { until: "end" });
  return { ...fixture, id, at, step };
};

describe("a run", () => {
  test("stops exactly at the first entry after which its predicate holds", async () => {
    const predicates = [
      "sent(Again) >= 3",
      "received(Done) == 2 && inFlight() == 0",
      "B.inbox >= 1",
      "A.step > 5 || sent(Stop) == 1",
      "tick >= 11",
      'status == "completed"',
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...predicates), fc.string({ maxLength: 4 }), async (text, seed) => {
        const { host } = await hostFixture();
        const { id } = await openText(host, loopSource, { decisions: "random", seed, clock: "manual" });
        const view = await run(host, id, { until: { kind: "predicate", text }, maxEntries: 60 });
        const held = await values(host, id, text);
        // The opening is no entry of the run.
        const first = held.findIndex((value, at) => at > 0 && truth(value));
        expect(first).toBe(view.run?.stopped === undefined ? -1 : view.head);
        expect(view.run?.stopped?.at ?? view.head).toBe(view.head);
      }),
      { numRuns: 15 },
    );
  });

  test("stops at a message, a role's next event, a place, a wait, and says at which", async () => {
    const { host } = await hostFixture();
    const { id } = await openText(host, shopSource, { decisions: "first", clock: "manual" });
    const fork = async () => must(await host.fork(operator, id, { at: 0 })).id;
    const log = async (session: string) => must(await host.log(session, 0, 100)).items;
    const last = async (request: RunRequest): Promise<readonly EntryJson["events"][number][]> => {
      const session = await fork();
      const view = await run(host, session, request);
      expect(view.run?.stopped).toMatchObject({ by: "until", index: null, at: view.head });
      return (await log(session)).at(-1)?.events ?? [];
    };
    expect(await last({ until: { kind: "message", label: "Receipt" } })).toContainEqual(
      expect.objectContaining({ kind: "sent", label: "Receipt" }),
    );
    expect(await last({ until: { kind: "role", role: "Shop" } })).toContainEqual(
      expect.objectContaining({ kind: "received", label: "Ask" }),
    );
    expect(await last({ until: { kind: "blocked", role: "Buyer" } })).toContainEqual(
      expect.objectContaining({ kind: "blocked", role: "Buyer" }),
    );
    const buys = (await last({ until: { kind: "message", label: "Buy" } })).find(
      ({ kind }) => kind === "sent",
    );
    const edgeId = String(buys?.edgeId);
    expect(await last({ until: { kind: "state", role: "Buyer", edgeId } })).toContainEqual(
      expect.objectContaining({ kind: "sent", label: "Ask" }),
    );
  });

  test("leaves a breakpoint it stands at, and names the one that stops it", async () => {
    const { host } = await hostFixture();
    const { id } = await openText(host, loopSource, { decisions: "first", clock: "manual" });
    const breakpoints = [
      { kind: "predicate", text: "sent(Again) >= 1" },
      { kind: "message", label: "Done" },
    ] as const;
    const first = await run(host, id, { breakpoints: [...breakpoints] });
    expect(first.run?.stopped).toEqual({
      by: "breakpoint",
      index: 0,
      at: first.head,
      what: "sent(Again) >= 1",
    });
    const second = await run(host, id, { breakpoints: [...breakpoints] });
    expect(second.run?.stopped).toMatchObject({ by: "breakpoint", index: 1, at: second.head });
    expect(second.head).toBeGreaterThan(first.head);
  });

  test("is refused for a text that is no predicate, an unknown name or role; nothing runs", async () => {
    const { host } = await hostFixture();
    const { id, head } = await openText(host, pingSource);
    const until = (text: string): RunRequest => ({ until: { kind: "predicate", text } });
    const bad = await host.run(operator, id, until("sent("));
    expect(bad).toMatchObject({ ok: false, error: { code: "PAR8001", at: 5, text: "sent(" } });
    expect(codeOf(await host.run(operator, id, until("sends(Ping)")))).toBe("PAR8002");
    expect(codeOf(await host.run(operator, id, until("false && Z.done")))).toBe("PAR8002");
    expect(codeOf(await host.run(operator, id, until("A.dnoe")))).toBe("PAR8002");
    expect(codeOf(await host.run(operator, id, { breakpoints: [{ kind: "role", role: "Z" }] }))).toBe(
      "PAR7004",
    );
    expect(must(await host.view(id)).head).toBe(head);
  });
});

describe("watched expressions", () => {
  test("are worth the same at a position whether it is the head, folded, or folded from a snapshot", async () => {
    const { host, store } = await hostFixture();
    const { id } = await openText(host, loopSource, { decisions: "roundRobin", clock: "manual" });
    const exprs = ["sent(Again)", "received(Done)", "tick", "A.step", "decided(Again) >= 1"];
    const seen: unknown[] = [];
    for (let at = 1; at <= 1_100; at += 1) {
      const step = at % 100 === 1 ? "advance" : "clock";
      const input =
        step === "advance" ? ({ kind: "advance" } as const) : ({ kind: "clock", at: 5_000 + at } as const);
      await host.inputs(operator, id, { inputs: [input] });
      if (at % 90 === 0) seen.push(must(await host.watch(id, undefined, exprs)));
    }
    const cold = (await hostFixture({ store })).host;
    const again: unknown[] = [];
    const { head } = must(await cold.view(id));
    const shown = seen.map((one) => (one as { at: number }).at);
    for (const at of shown) again.push(must(await cold.watch(id, at, exprs)));
    expect(head).toBeGreaterThan(512);
    expect(again).toEqual(seen);
    await store.dropSnapshots();
    const bare = (await hostFixture({ store })).host;
    expect(must(await bare.watch(id, shown.at(-1), exprs))).toEqual(seen.at(-1));
  });

  test("that cannot be read say why, each for itself", async () => {
    const { host } = await hostFixture();
    const { id } = await openText(host, pingSource);
    const { values } = must(await host.watch(id, 0, ["tick ==", "Q.done", "A.done"]));
    expect(values).toMatchObject([
      { expr: "tick ==", error: { code: "PAR8001", at: 7 } },
      { expr: "Q.done", error: { code: "PAR8002" } },
      { expr: "A.done", value: false },
    ]);
    expect(codeOf(await host.watch(id, 99, ["tick"]))).toBe("PAR7013");
    expect(codeOf(await host.watch("ses_none", 0, ["tick"]))).toBe("PAR7001");
  });
});

describe("causes", () => {
  test("never point forward, and the past of an event is closed under them", async () => {
    for (const source of [shopSource, loopSource, retrySource]) {
      const { host } = await hostFixture();
      const { id } = await openText(host, source, { decisions: "random", seed: "7", clock: "manual" });
      await run(host, id, { maxEntries: 60 });
      const { items } = must(await host.log(id, 0, 100));
      for (const { seq, events } of items)
        for (const index of events.keys()) {
          const found = must(await host.causes(id, seq, index));
          expect(found.chain[0]).toMatchObject({ seq, index });
          const past = new Set(found.past);
          for (const node of found.chain)
            for (const cause of node.causes) {
              expect(past.has(cause.seq)).toBe(true);
              const before =
                cause.seq < node.seq ||
                (cause.seq === node.seq && (cause.index === null || cause.index < (node.index ?? 0)));
              expect([source.slice(0, 20), node, cause, before].at(-1)).toBe(true);
            }
          expect(Math.max(...found.past)).toBe(seq);
        }
    }
  });

  test("of a message that was decided name the decision's input; an unknown event is refused", async () => {
    const { host, id } = await bought();
    const { items } = must(await host.log(id, 0, 100));
    const asked = items.find(({ input }) => input.kind === "decide")?.seq;
    const sent = items.find(({ events }) =>
      events.some(({ kind, label }) => kind === "sent" && label === "Buy"),
    );
    const index = sent?.events.findIndex(({ kind }) => kind === "sent") ?? -1;
    const { chain, complete } = must(await host.causes(id, sent?.seq ?? 0, index));
    expect(complete).toBe(true);
    expect(chain[0]?.causes).toContainEqual({ kind: "input", seq: asked, index: null });
    expect(chain).toContainEqual(expect.objectContaining({ seq: asked, text: "Buyer chose Buy" }));
    expect(codeOf(await host.causes(id, 0, 99))).toBe("PAR8003");
    expect(codeOf(await host.causes(id, 9_999, 0))).toBe("PAR7013");
  });
});

describe("why", () => {
  test("leads from a role that waits to whoever must act, and to what brought it there", async () => {
    const { host } = await hostFixture();
    const { id } = await openText(host, shopSource);
    const { head } = await run(host, id, {});
    const { chains, at } = must(await host.why(id, "Shop"));
    expect(at).toBe(head);
    const links = chains[0]?.links ?? [];
    expect(links.map(({ kind, role }) => [kind, role]).slice(0, 2)).toEqual([
      ["waits", "Shop"],
      ["needs", "Buyer"],
    ]);
    expect(links.some(({ kind, edgeId }) => kind === "event" && edgeId !== null)).toBe(true);
    expect(must(await host.why(id, "Buyer", 0)).chains).toEqual([]);
    expect(codeOf(await host.why(id, "Nobody"))).toBe("PAR7004");
  });
});

describe("another way", () => {
  test("a fork with another decision parts from its parent at that decision", async () => {
    const { host, id, at, step } = await bought();
    const fork = must(await host.fork(operator, id, { at, change: decide("Leave", step) }));
    expect(fork.head).toBe(at + 2);
    await run(host, fork.id, {});
    for (const mode of ["moduloEffects", "moduloCommutativity", "replay", "full"] as const) {
      const compared = must(await host.compare(id, fork.id, mode));
      expect(compared).toMatchObject({ mode, shared: at, equal: false, differs: "events" });
      const { left, right } = compared;
      expect(left.event).toMatchObject({ kind: "sent", text: "Buyer sent Buy to Shop" });
      expect(right.event).toMatchObject({ kind: "sent", text: "Buyer sent Leave to Shop" });
      expect(left.event?.causes.some((cause) => cause.kind === "input" && cause.seq === at + 1)).toBe(true);
      expect(right.event?.causes.some((cause) => cause.kind === "input" && cause.seq === at + 2)).toBe(true);
      expect(left.past.filter((seq) => seq <= at)).toEqual(right.past.filter((seq) => seq <= at));
      expect(compared.roles.map(({ role }) => role)).toEqual(["Buyer", "Shop"]);
    }
    expect(must(await host.replay(fork.id)).ok).toBe(true);
  });

  test("a session is equal to itself and to a fork that goes the same way", async () => {
    const { host, id, at, step } = await bought();
    expect(must(await host.compare(id, id, "full"))).toMatchObject({ equal: true, roles: [] });
    const { items } = must(await host.log(id, at + 1, 2));
    const value = items[1]?.input.value as never;
    const pay = { kind: "payload", seat: "Buyer", endpoint: "", step, value } as const;
    const fork = must(await host.fork(operator, id, { at, change: [decide("Buy", step), pay] }));
    await run(host, fork.id, {});
    const same = must(await host.compare(id, fork.id, "moduloEffects"));
    expect(same).toMatchObject({ equal: true, shared: at, roles: [] });
  });

  test("a change that is refused forks nothing", async () => {
    const { host, id, at, step } = await bought();
    const before = (await host.listSessions()).length;
    const refused = await host.fork(operator, id, { at, change: decide("Steal", step) });
    expect(codeOf(refused)).toBe("PAR7005");
    const late = [decide("Leave", step), { kind: "pause", role: "Nobody" } as const];
    expect(codeOf(await host.fork(operator, id, { at, change: late }))).toBe("PAR7004");
    const crash = { kind: "topology", event: { kind: "crash", site: "Nobody" } } as const;
    expect(codeOf(await host.fork(operator, id, { at, change: crash }))).toBe("PAR7004");
    expect((await host.listSessions()).length).toBe(before);
  });

  test("a fork may begin with a fault: a frame nobody sent, a crash, a cut way", async () => {
    const { host, id, at } = await bought();
    const frame = {
      kind: "inject",
      from: "Shop",
      to: "Buyer",
      label: "Receipt",
      value: { kind: "unit" },
    } as const;
    const injected = must(await host.fork(operator, id, { at, change: frame }));
    expect(injected.edges.find(({ from }) => from === "Shop")?.queue).toHaveLength(1);
    const crash = { kind: "topology", event: { kind: "crash", site: "Shop" } } as const;
    const crashed = must(await host.fork(operator, id, { at, change: crash }));
    expect(crashed.roles.find(({ role }) => role === "Shop")?.endpoints[0]?.status).toBe("faulted");
    const cut = { kind: "topology", event: { kind: "partition", from: "Buyer", to: "Shop" } } as const;
    expect(must(await host.fork(operator, id, { at, change: cut })).summary).toContain("was cut");
    expect(must(await host.replay(crashed.id)).ok).toBe(true);
  });
});

describe("a search", () => {
  test("finds a state, and its inputs lead a fork there", async () => {
    for (const [source, goal] of [
      [shopSource, "received(Leave) == 1"],
      [loopSource, 'sent(Again) == 3 && status == "completed"'],
      [retrySource, "expired >= 1"],
    ] as const) {
      const { host } = await hostFixture();
      const { id } = await openText(host, source, { clock: "manual" });
      const before = await host.lastCommit();
      const found = must(await host.search(id, { goal, strategy: { kind: "breadth" } }));
      expect([goal, found.outcome, found.confirmed]).toEqual([goal, "found", true]);
      expect(await host.lastCommit()).toBe(before);
      const change = found.inputs ?? [];
      const fork = must(await host.fork(operator, id, { at: found.at, change: [...change] }));
      const [value] = must(await host.watch(fork.id, undefined, [goal])).values;
      expect(value).toEqual({ expr: goal, value: true });
    }
  });

  test("ends when it is cancelled, and serves others meanwhile", async () => {
    const { host } = await hostFixture({ yield: () => new Promise((resolve) => setImmediate(resolve)) });
    const { id } = await openText(host, loopSource);
    const strategy = { kind: "breadth" } as const;
    const searching = host.search(id, { goal: "false", strategy, maxStates: 20_000, maxDepth: 1_000 });
    while (host.searchProgress(id).states < 30) await new Promise((resolve) => setImmediate(resolve));
    expect(must(host.cancelSearch(id))).toBeNull();
    expect(must(await searching)).toMatchObject({ outcome: "cancelled", inputs: null, confirmed: false });
    expect(host.searchProgress(id)).toEqual({ running: false, states: 0, depth: 0 });
    expect(codeOf(host.cancelSearch(id))).toBe("PAR7001");
  });

  test("is refused for a goal or a score that cannot be read", async () => {
    const { host } = await hostFixture();
    const { id } = await openText(host, loopSource);
    const ask = (goal: string, score = "tick") =>
      host.search(id, { goal, strategy: { kind: "best", score } });
    expect(codeOf(await ask("(("))).toBe("PAR8001");
    expect(codeOf(await ask("tick", "Z.step"))).toBe("PAR8002");
  });
});
