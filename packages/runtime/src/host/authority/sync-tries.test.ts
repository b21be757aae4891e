import { expect, test } from "vitest";
import { seededRandom } from "../../testing/fixed-ports.ts";
import { hostFixture, openText } from "../../testing/host-fixture.ts";
import { shopSource } from "../../testing/sample-sources.ts";
import { operator } from "../caller.ts";
import type { Host } from "../host-api.ts";
import type { Result } from "../host-error.ts";
import { memoryStore } from "../memory-store.ts";

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const refusal = (result: Result<unknown>): string => (result.ok ? "accepted" : result.error.kind);

const seats = [
  { role: "Buyer", authority: "ada", device: "ada-phone" },
  { role: "Shop", authority: "bea", device: "bea-phone" },
];
const pair = { requester: "ada", responder: "bea" };

/** A session whose two replicas do not reach each other. */
const parted = async (host: Host) => {
  const { id } = await openText(host, shopSource, { seats });
  must(await host.inputs(operator, id, { inputs: [{ kind: "advance" }] }));
  const context = `ctx:${id}`;
  must(await host.partition(operator, context, [["ada"], ["bea"]]));
  return context;
};

const pairOf = async (host: Host, context: string) => must(await host.context(context)).resilience?.[0];

test("synchronising replicas that do not reach each other fails, is tried again later and later, and goes well once they do", async () => {
  const { host, clock } = await hostFixture();
  const context = await parted(host);
  expect(refusal(await host.sync(operator, context, pair))).toBe("replicas-parted");
  const first = await pairOf(host, context);
  expect(first).toMatchObject({
    retry: { state: "waiting", attempts: 1 },
    breaker: { state: "Closed", failureCount: 1 },
  });
  const due = host.nextDeadline() ?? 0;
  expect(due).toBe(first?.retry.next);
  expect(due - clock.now()).toBeGreaterThanOrEqual(500);
  expect(due - clock.now()).toBeLessThanOrEqual(550);
  clock.advance(due - clock.now());
  expect(await host.fireTimers(clock.now())).toBe(1);
  const second = await pairOf(host, context);
  expect(second).toMatchObject({ retry: { attempts: 2 }, breaker: { failureCount: 2 } });
  expect((second?.retry.next ?? 0) - clock.now()).toBeGreaterThanOrEqual(1_000);
  must(await host.heal(operator, context));
  clock.advance((second?.retry.next ?? 0) - clock.now());
  await host.fireTimers(clock.now());
  expect(await pairOf(host, context)).toMatchObject({
    retry: { state: "succeeded", attempts: 3, next: null },
    breaker: { state: "Closed", failureCount: 0 },
  });
  expect(must(await host.context(context)).converged).toBe(true);
  expect(host.nextDeadline()).toBeUndefined();
});

test("it is given up after as many tries as may be, and the breaker then refuses at once until a probe is let through", async () => {
  const { host, clock } = await hostFixture();
  const context = await parted(host);
  const failing = () => host.sync(operator, context, pair);
  for (let asked = 0; asked < 3; asked += 1) expect(refusal(await failing())).toBe("replicas-parted");
  expect(await pairOf(host, context)).toMatchObject({ retry: { state: "failed", attempts: 3, next: null } });
  for (let asked = 0; asked < 2; asked += 1) await failing();
  const open = await pairOf(host, context);
  expect(open?.breaker).toMatchObject({ state: "Open", until: clock.now() + 30_000 });
  const { head } = must(await host.context(context));
  expect(await failing()).toMatchObject({
    ok: false,
    error: { kind: "breaker-open", until: open?.breaker.until },
  });
  expect(must(await host.context(context)).head).toBe(head);
  // Nothing is tried by itself before a probe would be let through.
  expect(host.nextDeadline()).toBe(open?.breaker.until);
  must(await host.heal(operator, context));
  clock.advance(30_000);
  must(await failing());
  expect(await pairOf(host, context)).toMatchObject({ breaker: { state: "Closed", failureCount: 0 } });
});

test("what is to be tried again is known again after a restart, and tried by itself", async () => {
  const store = memoryStore();
  const { host } = await hostFixture({ store });
  const context = await parted(host);
  await host.sync(operator, context, pair);
  const again = await hostFixture({ store, random: seededRandom(9) });
  const due = again.host.nextDeadline() ?? 0;
  expect(due).toBe(host.nextDeadline());
  again.clock.advance(due - again.clock.now());
  expect(await again.host.fireTimers(again.clock.now())).toBe(1);
  expect(await pairOf(again.host, context)).toMatchObject({ retry: { attempts: 2 } });
});
