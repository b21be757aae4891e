import type { Charge } from "@parley/wire";
import { expect, test } from "vitest";
import {
  contextLeakage,
  foldLeakage,
  leakageState,
  leakagesInOrder,
  noLeakages,
  settleLeakage,
} from "./leakage-records.ts";

const HOUR = 3_600_000;

const charge = (at: number, external: number): Charge => ({
  context: "ctx:s-1",
  authority: "ada",
  device: "ada-phone",
  peer: "bea",
  epoch: 0,
  cost: 1,
  nonce: 0,
  prev: "0".repeat(64),
  leakage: { external, neighbor: 0, inGroup: 0 },
  session: "s-1",
  edgeId: "e",
  label: "M",
  tick: 1,
  at,
});

const external = (records: typeof noLeakages, at: number): number =>
  leakageState(contextLeakage(records, "ctx:s-1"), at).consumed.external;

test("what leaked late in an hour counts for a full day", () => {
  const at = 59 * 60_000;
  const records = settleLeakage(noLeakages, charge(at, 5), 3);
  expect(external(records, 24 * HOUR)).toBe(5);
  expect(external(records, at + 24 * HOUR - 1)).toBe(5);
  expect(external(records, at + 24 * HOUR + 60_000)).toBe(0);
});

test("each settled charge counts, and says at which entry", () => {
  const records = [charge(0, 2), charge(1_000, 0), charge(2 * HOUR, 3)].reduce(
    (before, one, seq) => settleLeakage(before, one, seq),
    noLeakages,
  );
  expect(external(records, 2 * HOUR)).toBe(5);
  expect(contextLeakage(records, "ctx:s-1").version).toBe(2);
});

test("a reset forgets what leaked and keeps the limits", () => {
  const limits = { external: 7, neighbor: 0, inGroup: 0 };
  const about = { context: "ctx:s-1" };
  const limited = foldLeakage(noLeakages, { kind: "leakage.limited", ...about, limits }, 1);
  const leaked = settleLeakage(limited, charge(10, 6), 2);
  const reset = foldLeakage(leaked, { kind: "leakage.reset", ...about }, 3);
  expect(leakageState(contextLeakage(reset, "ctx:s-1"), 20)).toEqual({
    limits,
    consumed: { external: 0, neighbor: 0, inGroup: 0 },
  });
  expect(leakagesInOrder(reset).map(({ limited, version }) => [limited, version])).toEqual([[true, 3]]);
});
