import fc from "fast-check";
import { expect, test } from "vitest";
import { hostFixture, openText } from "../../testing/host-fixture.ts";
import { operator } from "../caller.ts";
import type { Host } from "../host-api.ts";
import type { Result } from "../host-error.ts";

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

const source = `module paid exposing (Paid)
protocol Paid =
  roles A, B, C
  rec Loop
    A { guard_capability : "chat:message:send", flow_cost : 90, journal_facts : "x" } -> B : Ask
    B { guard_capability : "chat:message:send", flow_cost : 60 } -> C : Pass
    C { flow_cost : 40, leak : "external" } -> A : Back
    continue Loop
`;

const seat = (role: string, authority: string, device: string) => ({
  role,
  authority,
  device: `${authority}-${device}`,
});
/** Ada sits in every session, now with one device, now with the other. */
const seatings = [
  [seat("A", "ada", "phone"), seat("B", "bea", "phone"), seat("C", "ada", "laptop")],
  [seat("A", "ada", "laptop"), seat("B", "ada", "phone"), seat("C", "bea", "phone")],
  [seat("A", "bea", "phone"), seat("B", "ada", "phone"), seat("C", "fay", "laptop")],
];

type Step =
  | { readonly kind: "advance"; readonly session: number }
  | { readonly kind: "together" }
  | { readonly kind: "replenish"; readonly session: number; readonly amount: number }
  | { readonly kind: "limit"; readonly session: number; readonly amount: number }
  | { readonly kind: "allot"; readonly session: number; readonly amount: number }
  | { readonly kind: "part" | "heal"; readonly session: number }
  | { readonly kind: "epoch" };

const session = fc.nat({ max: 2 });
const amount = fc.nat({ max: 900 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("advance" as const), session }) },
  { weight: 4, arbitrary: fc.constant({ kind: "together" as const }) },
  fc.record({
    kind: fc.constantFrom("replenish" as const, "limit" as const, "allot" as const),
    session,
    amount,
  }),
  fc.record({ kind: fc.constantFrom("part" as const, "heal" as const), session }),
  fc.constant({ kind: "epoch" as const }),
);

const advance = (host: Host, id: string, times = 1) =>
  host.inputs(operator, id, { inputs: Array.from({ length: times }, () => ({ kind: "advance" as const })) });

const pair = (id: string) => ({ context: `ctx:${id}`, peer: "bea" });

const act = async (host: Host, ids: readonly string[], one: Step, epoch: { now: number }): Promise<void> => {
  if (one.kind === "together") {
    await Promise.all(ids.flatMap((id) => [advance(host, id), advance(host, id, 3), advance(host, id)]));
    return;
  }
  if (one.kind === "epoch") {
    epoch.now += 1;
    must(await host.startEpoch(operator, "ada", epoch.now));
    return;
  }
  const id = ids[one.session] ?? "";
  switch (one.kind) {
    case "advance":
      await advance(host, id);
      return;
    case "replenish":
      await host.changeBudget(operator, "ada", {
        kind: "budget.replenished",
        ...pair(id),
        amount: one.amount,
      });
      return;
    case "limit":
      await host.changeBudget(operator, "ada", { kind: "budget.limited", ...pair(id), limit: one.amount });
      return;
    case "allot": {
      const device = "ada-laptop";
      await host.changeBudget(operator, "ada", {
        kind: "budget.allotted",
        ...pair(id),
        device,
        amount: one.amount,
      });
      return;
    }
    case "part":
      await host.partition(operator, `ctx:${id}`, [["ada-phone"], ["ada-laptop"]]);
      return;
    case "heal":
      await host.heal(operator, `ctx:${id}`);
  }
};

/** The sum of the receipts of every pair and epoch, and every limit that pair ever had in it. */
const sums = async (host: Host, authority: string) => {
  const spent = new Map<string, number>();
  const most = new Map<string, number>();
  const { items } = must(await host.budgetHistory(authority, { limit: 100_000 }));
  for (const { kind, charge, context, peer, epoch, limit } of items) {
    const key = `${context} ${peer} ${epoch}`;
    if (kind === "charged") spent.set(key, (spent.get(key) ?? 0) + (charge?.cost ?? 0));
    // A limit is never set below what was spent, so the last one bounds them all.
    most.set(key, limit);
  }
  return [...spent].map(([key, sum]) => ({ key, sum, limit: most.get(key) ?? 0 }));
};

test("whatever is sent, parted, raised and lowered, receipts stay within the limit, hold, and are audited without a finding", async () => {
  let denials = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const { host } = await hostFixture();
      const ids: string[] = [];
      for (const seats of seatings)
        ids.push(
          (
            await openText(host, source, {
              seats,
              grant: "none",
              drive: ids.length === 2 ? "eager" : "manual",
            })
          ).id,
        );
      const epoch = { now: 0 };
      for (const one of steps) await act(host, ids, one, epoch);
      for (const authority of ["ada", "bea", "fay"]) {
        for (const { sum, limit } of await sums(host, authority)) expect(sum).toBeLessThanOrEqual(limit);
        const receipts = must(await host.receipts(authority, { limit: 100_000 })).items;
        expect(receipts.filter(({ verified }) => !verified)).toEqual([]);
      }
      for (const id of ids) {
        const audit = must(await host.audit(id));
        expect(audit.findings).toEqual([]);
        expect(must(await host.replay(id)).findings).toEqual([]);
        const guards = must(await host.guards(id, {})).items;
        denials += guards.filter(({ allow }) => !allow).length;
        for (const { allow, seq, receipts } of guards) {
          if (allow) continue;
          expect(receipts).toEqual([]);
          const [entry] = must(await host.log(id, seq, 1)).items;
          expect(entry?.events.some(({ kind }) => kind === "sent") || entry?.effects.length === 0).toBe(true);
        }
      }
    }),
    { numRuns: 6 },
  );
  expect(denials).toBeGreaterThan(0);
}, 120_000);
