import { describe, expect, test } from "vitest";
import { hostFixture, openText } from "../testing/host-fixture.ts";
import { loopSource } from "../testing/sample-sources.ts";
import { operator } from "./caller.ts";
import type { Host } from "./host-api.ts";
import type { Result } from "./host-error.ts";
import { MAX_ROUNDS } from "./session/rounds.ts";
import { MAX_UNATTENDED } from "./session/session-budget.ts";

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const advance = async (host: Host, id: string) =>
  must(await host.inputs(operator, id, { inputs: [{ kind: "advance" }] }));

const atOnce = `module retry exposing (Retry)
protocol Retry =
  roles A, B
  rec Again
    timeout 0s A at
      A -> B : Ask
      choice B at
        | Yes =>
          B -> A : Yes
        | No =>
          B -> A : No
    on timeout =>
      continue Again
  A -> B : Bye
`;

describe("a session that would run for ever", () => {
  test("by its timers stops at its budget, says so with a code, and goes on with the next input", async () => {
    const { host, store, clock } = await hostFixture();
    const { id } = await openText(host, atOnce, { drive: "eager", clock: "real", decisions: "ask" });
    expect(await host.fireTimers(clock.now())).toBe(MAX_UNATTENDED);
    const seen = must(await host.view(id));
    expect(seen).toMatchObject({
      status: "active",
      stopped: { code: "PAR7020", kind: "timer-budget", limit: MAX_UNATTENDED },
    });
    expect(host.nextDeadline()).toBeUndefined();
    expect(await host.fireTimers(clock.now() + 60_000)).toBe(0);
    expect(must(await host.view(id)).head).toBe(seen.head);

    // The budget is a fold of the log: a host that starts anew stops there, too.
    await host.close();
    await store.dropSnapshots();
    const again = await hostFixture({ store });
    expect(await again.host.fireTimers(clock.now())).toBe(0);
    expect(again.host.nextDeadline()).toBeUndefined();

    const [timer] = must(await again.host.view(id)).next.filter(({ kind }) => kind === "timer");
    if (timer?.kind !== "timer") throw new Error("no timer runs");
    must(await again.host.inputs(operator, id, { inputs: [{ kind: "timer", id: timer.id }] }));
    expect(must(await again.host.view(id)).stopped).toBeUndefined();
    expect(again.host.nextDeadline()).toBe(again.clock.now());
    expect(must(await again.host.replay(id))).toMatchObject({ ok: true, findings: [] });
  });

  test("by its own rounds stops after as many as one entry may hold, and goes on with the next input", async () => {
    const { host } = await hostFixture();
    const { id } = await openText(host, loopSource, { drive: "eager", decisions: "first" });
    const first = must(await host.view(id));
    expect(first).toMatchObject({
      tick: MAX_ROUNDS,
      status: "active",
      waiting: false,
      stopped: { code: "PAR7019", kind: "round-budget", limit: MAX_ROUNDS },
    });
    await advance(host, id);
    expect(must(await host.view(id))).toMatchObject({
      tick: 2 * MAX_ROUNDS,
      stopped: { code: "PAR7019" },
    });
    expect(must(await host.replay(id))).toMatchObject({ ok: true, findings: [] });
  });

  test("one that waits for somebody stands at no budget", async () => {
    const { host } = await hostFixture();
    const { id } = await openText(host, loopSource, { drive: "eager", decisions: "ask" });
    expect(must(await host.view(id)).stopped).toBeUndefined();
  });
});

const approval = `module approval exposing (Approval)

agreement_profile Council
  visibility public
  rule majority
  usable_at commit
  finalized_at close
  evidence votes

operation Approve at Ada progress Steady within short on stall => alarm agreement Council =
  Ada -> Bob : Plan

protocol Approval =
  roles Ada, Bob
  Ada -> Bob : Ask
  begin Approve
  await Approve
  Ada -> Bob : Done
`;

describe("an operation with a progress contract", () => {
  const text = (host: Host): string => {
    const found = host.check({ source: approval });
    return JSON.stringify(found.diagnostics);
  };

  test("that is not done within the window bound at open is seen as a stall, and the session goes on", async () => {
    const { host } = await hostFixture();
    expect(text(host)).toBe("[]");
    const { id } = await openText(host, approval, {
      drive: "eager",
      clock: "manual",
      names: { short: 5_000 },
    });
    const begun = must(await host.view(id));
    expect(begun.operations).toMatchObject([
      { operation: "Approve", contract: "Steady", state: "pending", window: 5_000, code: null },
    ]);
    must(await host.inputs(operator, id, { inputs: [{ kind: "clock", at: begun.clockAt + 5_000 }] }));
    const late = must(await host.view(id));
    expect(late.operations).toMatchObject([
      { state: "noProgress", code: "machine.progress.no_progress", onStall: "alarm" },
    ]);
    expect(late.summary).toMatch(/Ada's Approve has stalled/);
    const entry = must(await host.log(id, late.head, 1)).items[0];
    expect(entry).toMatchObject({
      input: { kind: "timer", id: "progress:Approve" },
      events: [
        { kind: "expired" },
        { kind: "observed", name: "Progress", fields: { state: "noProgress", onStall: "alarm" } },
      ],
    });
    const [action] = late.next.filter(({ kind }) => kind === "decide");
    if (action?.kind !== "decide") throw new Error("nothing to decide");
    const { seat, endpoint, step } = action;
    must(
      await host.inputs(operator, id, {
        inputs: [{ kind: "decide", seat, endpoint, step, label: "done" }],
      }),
    );
    expect(must(await host.view(id))).toMatchObject({ status: "completed" });
    expect(must(await host.view(id)).operations).toBeUndefined();
    expect(must(await host.replay(id))).toMatchObject({ ok: true, findings: [] });
  });

  test("is watched by the host on a real clock, and by one that starts anew", async () => {
    const { host, store, clock } = await hostFixture();
    const { id } = await openText(host, approval, { drive: "eager", names: { short: 5_000 } });
    const deadline = clock.now() + 5_000;
    expect(host.nextDeadline()).toBe(deadline);
    await host.close();
    const again = await hostFixture({ store });
    expect(again.host.nextDeadline()).toBe(deadline);
    again.clock.advance(deadline - again.clock.now());
    expect(await again.host.fireTimers(again.clock.now())).toBe(1);
    expect(must(await again.host.view(id)).operations).toMatchObject([{ state: "noProgress" }]);
  });
});
