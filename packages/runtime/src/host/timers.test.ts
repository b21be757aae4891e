import type { EntryJson, SessionView } from "@parley/wire/http";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../testing/fixed-ports.ts";
import { hostFixture, openText } from "../testing/host-fixture.ts";
import { timedSources } from "../testing/timed-sources.ts";
import { operator } from "./caller.ts";
import { createHost } from "./host.ts";
import type { Host } from "./host-api.ts";
import type { Result } from "./host-error.ts";

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const view = async (host: Host, id: string): Promise<SessionView> => must(await host.view(id));
const entries = async (host: Host, id: string): Promise<readonly EntryJson[]> =>
  must(await host.log(id, 0, 1_000)).items;
const timersOf = (seen: SessionView) =>
  seen.next.flatMap((action) => (action.kind === "timer" ? [action] : []));
const inputsOf = async (host: Host, id: string) =>
  (await entries(host, id)).map(({ input, actor }) => [input.kind, actor.kind, input.id ?? null]);

const retry = timedSources.retry ?? "";
const nested = timedSources.nested ?? "";

describe("on a manual clock", () => {
  const begin = async (source = retry) => {
    const fixture = await hostFixture();
    const { id } = await openText(fixture.host, source, { clock: "manual", drive: "eager" });
    return { ...fixture, id };
  };

  test("a running timer is shown with its owner, its scope and its deadline", async () => {
    const { host, id } = await begin();
    const seen = await view(host, id);
    expect(timersOf(seen)).toMatchObject([
      {
        id: "0.body.0#0",
        seat: "A",
        endpoint: "",
        lap: 0,
        deadline: seen.clockAt + 5_000,
        cancellable: true,
      },
    ]);
    const [role] = seen.roles;
    expect(role?.endpoints[0]?.scopes).toMatchObject([{ owner: "A", timer: "0.body.0#0", state: "running" }]);
    expect(seen.roles[1]?.endpoints[0]?.scopes).toMatchObject([{ owner: "A", timer: null, deadline: null }]);
  });

  test("a timer fired too early is refused with its deadline, and leaves no entry", async () => {
    const { host, id } = await begin();
    const { head, clockAt } = await view(host, id);
    const early = await host.inputs(operator, id, { inputs: [{ kind: "timer", id: "0.body.0#0" }] });
    expect(early).toEqual({
      ok: false,
      error: {
        code: "PAR7015",
        kind: "timer-not-due",
        timer: "0.body.0#0",
        deadline: clockAt + 5_000,
        at: clockAt,
      },
    });
    const unknown = await host.inputs(operator, id, { inputs: [{ kind: "timer", id: "0.body.0#9" }] });
    expect(unknown).toMatchObject({ error: { kind: "unknown-timer", timers: ["0.body.0#0"] } });
    expect((await view(host, id)).head).toBe(head);
  });

  test("moving the clock past a deadline fires the timer once a lap, by itself", async () => {
    const { host, id } = await begin();
    for (let lap = 0; lap < 3; lap += 1) {
      const before = await view(host, id);
      const [timer] = timersOf(before);
      expect(timer?.lap).toBe(lap);
      const at = (timer?.deadline ?? 0) - 1;
      must(await host.inputs(operator, id, { inputs: [{ kind: "clock", at }] }));
      expect(timersOf(await view(host, id))).toMatchObject([{ lap }]);
      must(await host.inputs(operator, id, { inputs: [{ kind: "clock", at: at + 60_000 }] }));
    }
    expect((await inputsOf(host, id)).filter(([kind]) => kind === "timer")).toEqual([
      ["timer", "timer", "0.body.0#0"],
      ["timer", "timer", "0.body.0#1"],
      ["timer", "timer", "0.body.0#2"],
    ]);
    expect(must(await host.replay(id)).findings).toEqual([]);
  });

  test("whoever leaves when it runs next says so, and asks for nothing more", async () => {
    const { host } = await hostFixture();
    const { id } = await openText(host, nested, { clock: "manual" });
    for (let seen = await view(host, id); timersOf(seen).length < 2; seen = await view(host, id))
      must(await host.inputs(operator, id, { inputs: [{ kind: "advance" }] }));
    const { clockAt } = await view(host, id);
    must(await host.inputs(operator, id, { inputs: [{ kind: "clock", at: clockAt + 60_000 }] }));
    const texts: string[] = [];
    for (let seen = await view(host, id); seen.status === "active"; seen = await view(host, id)) {
      texts.push(...seen.next.flatMap((action) => (action.kind === "advance" ? [action.what] : [])));
      expect(seen.next.filter(({ kind }) => kind === "payload")).toEqual([]);
      must(await host.inputs(operator, id, { inputs: [{ kind: "advance", max: 1 }] }));
    }
    expect(texts).toContain("leaves a timeout that ran out");
    expect(texts).toContain("leaves a timeout, as it was told");
  });

  test("overdue timers fire by deadline, and one that an earlier exit disarms does not", async () => {
    const { host, id } = await begin(nested);
    expect(timersOf(await view(host, id)).map(({ seat }) => seat)).toEqual(["B", "A"]);
    const { clockAt } = await view(host, id);
    must(await host.inputs(operator, id, { inputs: [{ kind: "clock", at: clockAt + 60_000 }] }));
    // B's exit lets A's body end, so that A's timer is gone before its turn.
    expect((await inputsOf(host, id)).filter(([kind]) => kind === "timer")).toHaveLength(1);
    expect((await view(host, id)).status).toBe("completed");
  });

  test("the timers a clock moved past come in the same commit, and under the same key only once", async () => {
    const { host, id } = await begin();
    const { clockAt, head } = await view(host, id);
    const ask = () =>
      host.inputs({ ...operator, key: "once" }, id, { inputs: [{ kind: "clock", at: clockAt + 9_000 }] });
    const first = must(await ask());
    expect(first.entries.map(({ input }) => input.kind)).toEqual(["clock", "timer"]);
    expect(first.head).toBe(head + 2);
    const second = await ask();
    expect(second).toMatchObject({ ok: true, replayed: true, value: { head: head + 2 } });
    expect((await view(host, id)).head).toBe(head + 2);
  });

  test("a scope is cancelled by its timer; one without a handler is not", async () => {
    const { host, id } = await begin();
    must(
      await host.inputs(operator, id, {
        inputs: [{ kind: "cancel", reason: "enough", scope: "0.body.0#0" }],
      }),
    );
    const seen = await view(host, id);
    expect(seen.status).toBe("completed");
    const other = await begin(nested);
    const [timer] = timersOf(await view(other.host, other.id));
    const refused = await other.host.inputs(operator, other.id, {
      inputs: [{ kind: "cancel", reason: "no", scope: timer?.id ?? "" }],
    });
    expect(refused).toMatchObject({ error: { code: "PAR7016", kind: "not-cancellable" } });
  });

  test("a fork carries the timers along and fires its own", async () => {
    const { host, id } = await begin();
    const { head, clockAt, stateHash } = await view(host, id);
    const fork = must(await host.fork(operator, id, { at: head }));
    expect(timersOf(fork)).toEqual(timersOf(await view(host, id)));
    for (const one of [id, fork.id])
      must(await host.inputs(operator, one, { inputs: [{ kind: "clock", at: clockAt + 5_000 }] }));
    const [parent, child] = [await view(host, id), await view(host, fork.id)];
    expect(parent.stateHash).toBe(child.stateHash);
    expect(parent.stateHash).not.toBe(stateHash);
    expect(must(await host.replay(fork.id)).findings).toEqual([]);
  });
});

describe("on a real clock", () => {
  const begin = async (drive: "manual" | "eager" = "eager") => {
    const fixture = await hostFixture();
    const { id } = await openText(fixture.host, retry, { drive });
    return { ...fixture, id };
  };

  test("the host names its next deadline, and fires what is due when it is told the time", async () => {
    const { host, clock, id } = await begin();
    expect(host.nextDeadline()).toBe(clock.now() + 5_000);
    expect(await host.fireTimers(clock.now())).toBe(0);
    clock.advance(5_000);
    expect(await host.fireTimers(clock.now())).toBe(1);
    expect(await host.fireTimers(clock.now())).toBe(0);
    expect(host.nextDeadline()).toBe(clock.now() + 5_000);
    expect(timersOf(await view(host, id))).toMatchObject([{ lap: 1 }]);
  });

  test("a timer that is overdue when something is asked fires before it", async () => {
    const { host, clock, id } = await begin("manual");
    for (let i = 0; i < 6; i += 1) must(await host.inputs(operator, id, { inputs: [{ kind: "advance" }] }));
    clock.advance(70_000);
    must(await host.inputs(operator, id, { inputs: [{ kind: "pause", role: "C" }] }));
    expect((await inputsOf(host, id)).slice(-2)).toEqual([
      ["timer", "timer", "0.body.0#0"],
      ["pause", "operator", null],
    ]);
  });

  test("a host that starts again finds overdue timers, and fires each once", async () => {
    const { store, clock, id } = await begin();
    clock.advance(90_000);
    const again = await createHost({ store, drafts: store, clock, random: seededRandom(9) });
    expect(again.nextDeadline()).toBe(clock.now() - 85_000);
    expect(await again.fireTimers(clock.now())).toBe(1);
    const third = await createHost({ store, drafts: store, clock, random: seededRandom(10) });
    expect(await third.fireTimers(clock.now())).toBe(0);
    expect((await inputsOf(third, id)).filter(([kind]) => kind === "timer")).toHaveLength(1);
    expect(must(await third.replay(id)).findings).toEqual([]);
  });

  test("an imported session's timers run on", async () => {
    const { host, clock, id } = await begin();
    const file = must(await host.exportSession(id));
    const other = await hostFixture();
    must(await other.host.importSession(operator, file));
    expect(other.host.nextDeadline()).toBe(clock.now() + 5_000);
    other.clock.advance(5_000);
    expect(await other.host.fireTimers(other.clock.now())).toBe(1);
  });

  test("a host that starts again opens no session, and fires what is overdue by deadline and id", async () => {
    const { store, host, clock } = await hostFixture();
    const ids: string[] = [];
    for (let i = 0; i < 4; i += 1) {
      ids.push((await openText(host, retry, { drive: "eager" })).id);
      // Two begin at one time, the others later.
      if (i > 0) clock.advance(500);
    }
    await openText(host, retry, { drive: "eager", clock: "manual" });
    clock.advance(4_000);
    const read: string[] = [];
    const watched = {
      ...store,
      read: (stream: string, from: number, limit: number) => {
        read.push(stream);
        return store.read(stream, from, limit);
      },
    };
    const again = await createHost({ store: watched, drafts: store, clock, random: seededRandom(9) });
    const list = await again.listSessions();
    expect(read.filter((stream) => stream.startsWith("ses_"))).toEqual([]);
    expect(list.map(({ status }) => status)).toEqual(Array(5).fill("active"));
    const before = await store.lastCommit();
    expect(await again.fireTimers(clock.now())).toBe(3);
    const fired = (await store.readCommits(before, 100)).filter(({ entry }) => entry.input.kind === "timer");
    const [first = "", second = "", third = ""] = ids;
    expect(fired.map(({ stream }) => stream)).toEqual([...[first, second].sort(), third]);
    expect(new Set(read.filter((stream) => stream.startsWith("ses_")))).toEqual(
      new Set([first, second, third]),
    );
  });

  test("no deadline is left once the session has ended", async () => {
    const { host, id } = await begin();
    must(await host.inputs(operator, id, { inputs: [{ kind: "cancel", reason: "done" }] }));
    expect(host.nextDeadline()).toBeUndefined();
  });
});
