import fc from "fast-check";
import { expect, test } from "vitest";
import { admitSync, type SyncPair, stepSyncPair, syncDue, syncPolicy } from "./sync-pair.ts";

const pair = { requester: "ada", responder: "bea" };
const fail = (before: SyncPair | undefined, at: number, random = 0) =>
  stepSyncPair(before, { ...pair, outcome: "unreachable", random }, at);

test("a pair that does not reach each other is tried again later and later, then no more by itself", () => {
  const first = fail(undefined, 0);
  expect([first.retry.kind, syncDue(first)]).toEqual(["waiting", 500]);
  const second = fail(first, 500, 999);
  expect(syncDue(second)).toBe(500 + Math.trunc(1_000 * 1.0999));
  const third = fail(second, 2_000);
  expect(third.retry).toMatchObject({
    kind: "failed",
    error: { variant: "MaxRetriesExceeded", attempts: 3 },
  });
  expect(syncDue(third)).toBeUndefined();
});

test("failures in a row open the breaker, which refuses at once and lets a probe through after its time", () => {
  let state: SyncPair | undefined;
  for (let at = 0; at < 5; at += 1) state = fail(state, at);
  expect(state?.breaker).toEqual({ kind: "Open", openedAt: 4 });
  expect(admitSync(state, 10)).toMatchObject({ ok: false, error: { until: 30_004 } });
  expect(admitSync(state, 30_004).ok).toBe(true);
  // A probe that fails opens it again, one that succeeds closes it.
  expect(fail(state, 30_004).breaker).toEqual({ kind: "Open", openedAt: 30_004 });
  const healed = stepSyncPair(state, { ...pair, outcome: "succeeded", random: 0 }, 30_004);
  expect(healed).toMatchObject({
    breaker: { kind: "Closed", failureCount: 0 },
    retry: { kind: "succeeded" },
  });
});

test("while the breaker is open nothing is tried by itself before a probe would be let through", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 40_000 }), { minLength: 1, maxLength: 12 }), (waits) => {
      let state: SyncPair | undefined;
      let at = 0;
      for (const wait of waits) {
        at += wait;
        if (!admitSync(state, at).ok) continue;
        state = fail(state, at);
        const due = syncDue(state);
        if (due !== undefined) expect(admitSync(state, due).ok).toBe(true);
        if (due !== undefined && state.breaker.kind !== "Open")
          expect(due - at).toBeLessThanOrEqual(syncPolicy.retry.maxDelay);
      }
    }),
  );
});
