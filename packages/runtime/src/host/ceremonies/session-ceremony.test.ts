import type { CeremonyView, OpenSessionRequest, SessionView } from "@parley/wire/http";
import { describe, expect, test } from "vitest";
import { failingStore } from "../../testing/failing-store.ts";
import { seededRandom } from "../../testing/fixed-ports.ts";
import { type HostFixture, hostFixture } from "../../testing/host-fixture.ts";
import { memoryKeys } from "../../testing/memory-keys.ts";
import { operator } from "../caller.ts";
import type { Host } from "../host-api.ts";
import type { Result } from "../host-error.ts";
import { memoryStore } from "../memory-store.ts";

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const code = (result: Result<unknown>): string => (result.ok ? "accepted" : result.error.code);

const source = `module vow exposing (Vow)
protocol Vow =
  roles Asker, First, Second
  Asker { journal_facts : "asked" } -> First : Ask
  Asker { journal_facts : "asked" } -> Second : Ask
  First -> Asker : Yes
  Second -> Asker : Yes
`;
/** A protocol of category C. */
const vow = async (host: Host): Promise<string> => {
  const { id } = must(await host.createProtocol(operator, { name: "Vow", source }));
  must(await host.categoriseProtocol(operator, id, { category: "C" }));
  return id;
};
const open = async (host: Host, more: Partial<OpenSessionRequest> = {}): Promise<SessionView> => {
  const protocol = await vow(host);
  return must(await host.openSession(operator, { protocol, ...more })).session;
};
const advance = (host: Host, id: string) => host.inputs(operator, id, { inputs: [{ kind: "advance" }] });
const answer = (host: Host, id: string, authority: string, accept = true) =>
  host.answerCeremony(operator, id, { participant: { kind: "guardian", authority }, accept });
const ceremonyOf = async (host: Host, id: string): Promise<CeremonyView> =>
  must(await host.ceremony(must(await host.view(id)).ceremony?.id ?? ""));
const crash = (site: string) => ({ kind: "topology", event: { kind: "crash", site } }) as const;
const entriesOf = async ({ store }: Pick<HostFixture, "store">) => store.readCommits(0, 100_000);

describe("opening a session of category C", () => {
  test("writes session, ceremony and context facts in one commit, and the session names them as its effects", async () => {
    const fixture = await hostFixture();
    const protocol = await vow(fixture.host);
    const before = (await entriesOf(fixture)).length;
    const { session } = must(await fixture.host.openSession(operator, { protocol }));
    const written = (await entriesOf(fixture)).slice(before);
    const kinds = written.map(({ entry }) => entry.input.kind);
    expect(kinds).toContain("ceremony.started");
    expect(kinds.slice(0, 1)).toEqual(["open"]);
    const pinned = written[0]?.entry.effects ?? [];
    const named = new Set(pinned.map(({ stream, seq }) => `${stream} ${seq}`));
    const others = written
      .slice(1)
      .filter(({ entry }) => /^(ceremony|session|facts)\./.test(entry.input.kind));
    expect(
      others.map(({ stream, entry }) => `${stream} ${entry.seq}`).filter((one) => !named.has(one)),
    ).toEqual([]);
    expect(await ceremonyOf(fixture.host, session.id)).toMatchObject({
      state: "Preparing",
      context: `ctx:${session.id}`,
      sessions: [{ id: session.id }],
      prestateMoved: false,
    });
    expect(must(await fixture.host.replay(session.id)).findings).toEqual([]);
  });

  test("leaves neither session nor ceremony nor fact when its commit fails", async () => {
    const { store, fail, failUnit } = failingStore(memoryStore());
    const { host } = await hostFixture({ store });
    const protocol = await vow(host);
    const before = await store.lastCommit();
    fail({ kind: "full" });
    expect(code(await host.openSession(operator, { protocol }))).toBe("PAR7401");
    fail(undefined);
    failUnit({ kind: "failed", reason: "savepoint" });
    expect(code(await host.openSession(operator, { protocol }))).toBe("PAR7404");
    expect(await store.lastCommit()).toBe(before);
    expect(host.ceremonies()).toEqual([]);
    expect(await host.listSessions()).toEqual([]);
    expect(host.nextDeadline()).toBeUndefined();
    const { session } = must(await host.openSession(operator, { protocol }));
    expect(host.ceremonies().map(({ sessions }) => sessions.map(({ id }) => id))).toEqual([[session.id]]);
  });

  test("on a runtime that cannot make its key is refused, and nothing is opened", async () => {
    const { host } = await hostFixture();
    const protocol = await vow(host);
    const profile = { base: "full", keys: { byzantine_envelope: false }, baseRevision: 0 } as const;
    must(await host.putRuntimeProfile(operator, "plain", profile));
    const refused = await host.openSession(operator, { protocol, runtime: "plain" });
    expect(refused).toMatchObject({
      ok: false,
      error: {
        code: "PAR8201",
        capability: "byzantine_envelope",
        profile: "plain",
        operation: "key generation",
      },
    });
    expect(host.ceremonies()).toEqual([]);
    const alone = must(await host.openSession(operator, { protocol, runtime: "plain", threshold: 1 }));
    expect((await ceremonyOf(host, alone.session.id)).runtime).toEqual({
      profile: "plain",
      lacks: ["byzantine_envelope"],
    });
  });
});

describe("what a session of category C records", () => {
  test("is a proposal until its ceremony commits, and stands under no other ceremony before", async () => {
    const { host } = await hostFixture();
    const { id } = await open(host, { threshold: 1 });
    const context = `ctx:${id}`;
    const participants = [{ kind: "guardian", authority: "bea" } as const];
    const standing = async () =>
      must(
        await host.ceremonyCandidates({
          kind: "Recovery",
          context,
          initiator: "ada",
          participants: ["guardian:bea"],
        }),
      ).prestate.hash;
    const own = await ceremonyOf(host, id);
    const other = must(
      await host.startCeremony(operator, {
        kind: "Recovery",
        context,
        initiator: "ada",
        participants,
        threshold: 1,
      }),
    );
    const prestate = await standing();
    must(await advance(host, id));
    const asked = must(await host.facts(context, { type: "session.edge" })).items;
    expect(asked.map(({ proposal }) => proposal)).toEqual([own.id]);
    expect(await standing()).toBe(prestate);
    expect(must(await host.ceremony(other.id)).prestateMoved).toBe(false);
    must(await answer(host, own.id, "bea"));
    expect(must(await host.view(id)).ceremony).toEqual({ id: own.id, state: "Committed" });
    const held = must(await host.facts(context, { type: "session.edge" })).items;
    expect(held.map(({ proposal }) => proposal)).toEqual([undefined]);
    expect(must(await host.ceremony(other.id)).prestateMoved).toBe(true);
  });
});

describe("a session whose ceremony ended without a commit", () => {
  test("says who ended it and why, goes on as a proposal, and can have it asked again", async () => {
    const fixture = await hostFixture();
    const { host } = fixture;
    const { id } = await open(host);
    const first = await ceremonyOf(host, id);
    expect(code(await host.askAgain(operator, id, {}))).toBe("PAR8514");
    must(await host.abortCeremony(operator, first.id, "not now"));
    expect(must(await host.view(id)).ceremony).toMatchObject({
      id: first.id,
      state: "Aborted",
      ended: { reason: "not now", by: operator.actor, supersededBy: null },
    });
    must(await advance(host, id));
    must(await advance(host, id));
    const stale = await host.askAgain(operator, id, { expectedHead: 0 });
    expect(stale).toMatchObject({ ok: false, error: { code: "PAR7002", expected: 0, actual: 2 } });
    const keyed = { ...operator, key: "again" };
    const second = must(await host.askAgain(keyed, id, { expectedHead: 2 }));
    expect(second).toMatchObject({
      kind: first.kind,
      state: "Preparing",
      supersedes: [first.id],
      asked: first.asked,
      prestateMoved: false,
      sessions: [{ id }],
    });
    expect(second.participants.map(({ key }) => key)).toEqual(first.participants.map(({ key }) => key));
    const repeated = await host.askAgain(keyed, id, { expectedHead: 2 });
    expect(repeated).toMatchObject({ ok: true, replayed: true, value: { id: second.id } });
    expect(must(await host.ceremony(first.id))).toMatchObject({
      state: "Superseded",
      supersededBy: second.id,
      sessions: [{ id }],
    });
    expect(must(await host.view(id)).ceremony).toEqual({ id: second.id, state: "Preparing" });
    // What the session goes on to do is the new one's own.
    must(await advance(host, id));
    must(await answer(host, second.id, "bea"));
    expect(must(await answer(host, second.id, "chan")).state).toBe("Committed");
    expect(code(await host.askAgain(operator, id, {}))).toBe("PAR8514");
    const again = await hostFixture({ store: fixture.store, random: seededRandom(9) });
    expect(must(await again.host.view(id)).ceremony).toEqual({ id: second.id, state: "Committed" });
  });

  test("is told when its time ran out, or another took its place; nobody asks twice", async () => {
    const { host, clock } = await hostFixture();
    const { id } = await open(host, { threshold: 1 });
    const first = await ceremonyOf(host, id);
    clock.advance(first.deadline + 1 - clock.now());
    await host.fireTimers(clock.now());
    expect(must(await host.view(id))).toMatchObject({
      status: "active",
      ceremony: { state: "Aborted", ended: { reason: "Ceremony timed out", by: null } },
    });
    const asked = await Promise.all([host.askAgain(operator, id, {}), host.askAgain(operator, id, {})]);
    expect(asked.map(code).sort()).toEqual(["PAR8514", "accepted"]);
    const second = await ceremonyOf(host, id);
    expect(second.chain).toMatchObject([{ old: first.id, by: second.id, reason: { code: "timeout" } }]);
    const third = must(await host.supersedeCeremony(operator, second.id, {}));
    expect(must(await host.view(id)).ceremony?.ended).toMatchObject({ supersededBy: third.id, by: null });
    const fourth = must(await host.askAgain(operator, id, {}));
    expect(fourth.supersedes).toEqual([]);
    expect(must(await host.view(id)).ceremony?.id).toBe(fourth.id);
  });

  test("nothing is asked again of a session of no ceremony, a what-if, or one that is over", async () => {
    const { host } = await hostFixture();
    const plain = must(
      await host.createProtocol(operator, { name: "Plain", source: source.replaceAll("ow", "ox") }),
    );
    const { session } = must(await host.openSession(operator, { protocol: plain.id }));
    expect(code(await host.askAgain(operator, session.id, {}))).toBe("PAR8515");
    expect(code(await host.askAgain(operator, "ses_none", {}))).toBe("PAR7001");
    const { id } = await open(host);
    const fork = must(await host.fork(operator, id, { at: 0 }));
    expect(code(await host.askAgain(operator, fork.id, {}))).toBe("PAR7502");
    must(await host.inputs(operator, id, { inputs: [{ kind: "cancel", reason: "" }] }));
    expect(code(await host.askAgain(operator, id, {}))).toBe("PAR7007");
  });
});

describe("a session that ends before its own ceremony", () => {
  test.each([
    ["is cancelled", [{ kind: "cancel", reason: "enough" }], "Its session was cancelled: enough"],
    ["is closed", [{ kind: "close" }], "Its session was closed"],
    ["faults", ["Asker", "First", "Second"].map(crash), "Its session faulted"],
  ] as const)("and %s gives the ceremony up in its own commit", async (_, inputs, reason) => {
    const keys = memoryKeys();
    const { store, fail } = failingStore(memoryStore());
    const { host } = await hostFixture({ keys, store });
    const { id } = await open(host);
    const own = await ceremonyOf(host, id);
    must(await answer(host, own.id, "bea"));
    const end = () => host.inputs(operator, id, { expectedHead: 0, inputs: [...inputs] });
    fail({ kind: "full" });
    expect(code(await end())).toBe("PAR7401");
    fail(undefined);
    expect((await ceremonyOf(host, id)).state).toBe("PendingEpoch");
    const { entries } = must(await end());
    expect(await ceremonyOf(host, id)).toMatchObject({
      state: "Aborted",
      reason,
      group: { state: "forgotten" },
    });
    expect(entries.flatMap(({ effects }) => effects.map(({ stream }) => stream))).toEqual(
      expect.arrayContaining(["workspace", `ctx:${id}`, "ada"]),
    );
    expect(host.nextDeadline()).toBeUndefined();
    expect(keys.secret(`share:${own.id}:guardian:bea`)).toBeUndefined();
    expect(code(await answer(host, own.id, "chan"))).toBe("PAR8506");
    expect(must(await host.replay(id)).findings).toEqual([]);
  });

  test("leaves alone a ceremony it only joined, and one of a session that completed", async () => {
    const { host } = await hostFixture();
    const begun = must(
      await host.startCeremony(operator, {
        kind: "Recovery",
        participants: [{ kind: "guardian", authority: "bea" }],
        threshold: 1,
      }),
    );
    const joined = await open(host, { ceremony: begun.id });
    must(await host.inputs(operator, joined.id, { inputs: [{ kind: "cancel", reason: "" }] }));
    expect(must(await host.ceremony(begun.id)).state).toBe("Preparing");
    const whole = await open(host);
    for (let view = whole; view.status === "active"; view = must(await host.view(whole.id)))
      must(await advance(host, whole.id));
    expect((await ceremonyOf(host, whole.id)).state).toBe("Preparing");
  });
});

describe("the runtime of a ceremony", () => {
  const ask = (host: Host, runtime: string | undefined, threshold = 2) =>
    host.startCeremony(operator, {
      kind: "GuardianRotation",
      participants: ["bea", "chan"].map((authority) => ({ kind: "guardian", authority }) as const),
      threshold,
      ...(runtime === undefined ? {} : { runtime }),
    });

  test.each([
    ["byzantine_envelope", "byzantine_envelope"],
    ["termination_bounded", "termination_bounded"],
  ])("without %s makes no shared key, and says so", async (key, capability) => {
    const { host } = await hostFixture();
    const profile = { base: "full", keys: { [key]: false }, baseRevision: 0 } as const;
    must(await host.putRuntimeProfile(operator, "mine", profile));
    expect(await ask(host, "mine")).toMatchObject({
      ok: false,
      error: {
        code: "PAR8201",
        kind: "runtime-lacks",
        capability,
        profile: "mine",
        operation: "key generation",
      },
    });
    expect(code(await ask(host, "mine", 1))).toBe("accepted");
    expect(code(await ask(host, "no-reconfiguration"))).toBe("accepted");
    expect(code(await ask(host, "nowhere"))).toBe("PAR7121");
  });

  test("is recorded where it is not the full one, and what a later profile of that name can do changes nothing", async () => {
    const { host, store } = await hostFixture();
    must(
      await host.putRuntimeProfile(operator, "mine", {
        base: "full",
        keys: { reconfiguration: false },
        baseRevision: 0,
      }),
    );
    const mine = must(await ask(host, "mine"));
    const full = must(await ask(host, undefined));
    must(await host.putRuntimeProfile(operator, "mine", { base: "none", keys: {}, baseRevision: 1 }));
    for (const { id } of [mine, full]) must(await answer(host, id, "bea"));
    const states = [await answer(host, mine.id, "chan"), await answer(host, full.id, "chan")];
    expect(states.map((one) => must(one).state)).toEqual(["Committed", "Committed"]);
    expect(full.runtime).toEqual({ profile: "full", lacks: [] });
    expect(must(await host.ceremony(mine.id)).runtime.lacks).toContain("semantic_handoff");
    const requests = (await entriesOf({ store })).flatMap(({ entry: { input } }) =>
      input.kind === "ceremony.started" ? [input.request] : [],
    );
    expect(requests.map((request) => request.runtime?.profile)).toEqual(["mine", undefined]);
    expect(Object.keys(requests[1] ?? {})).not.toContain("runtime");
  });
});
