import { expect, test } from "vitest";
import {
  type CeremonyStatus,
  type DeferredStatus,
  type OptimisticStatus,
  pendingMark,
} from "./pending-status.ts";

const a = (more: Partial<OptimisticStatus> = {}) =>
  pendingMark({
    category: "A",
    status: { agreement: { kind: "Provisional" }, propagation: { kind: "Local" }, ...more },
  });

test("what is optimistic holds at once and is marked by how far it has come", () => {
  const acknowledgment = { by: ["bob"], expected: ["bob"] };
  expect([
    a(),
    a({ propagation: { kind: "Syncing", reached: 1, known: 2 } }),
    a({ propagation: { kind: "Complete" } }),
    a({ propagation: { kind: "Complete" }, acknowledgment }),
    a({ propagation: { kind: "Complete" }, acknowledgment: { by: ["bob"], expected: ["bob", "cyd"] } }),
    a({ agreement: { kind: "Finalized", consensus: "ab" } }),
    a({ propagation: { kind: "Failed", retryAt: 1, retries: 1, error: "x" } }),
  ]).toEqual(
    ["local", "local", "propagated", "acknowledged", "propagated", "finalized", "failed"].map((mark) => ({
      mark,
      applied: true,
    })),
  );
});

test("what is acknowledged by nobody it was expected of is not acknowledged", () => {
  expect(a({ acknowledgment: { by: [], expected: [] } }).mark).toBe("local");
});

test("what is deferred holds only once approved", () => {
  const mark = (state: DeferredStatus["state"]) =>
    pendingMark({
      category: "B",
      status: { proposal: "p", state, approvals: { given: [], refused: [], required: 1 }, expiresAt: 0 },
    });
  expect(mark({ kind: "Pending" })).toEqual({ mark: "pending", applied: false });
  expect(mark({ kind: "Approved" })).toMatchObject({ applied: true });
  for (const state of [
    { kind: "Expired" },
    { kind: "Rejected", reason: "no" },
    { kind: "Superseded", by: "q" },
  ] as const)
    expect(mark(state)).toEqual({ mark: "failed", applied: false });
});

test("a ceremony blocks until it commits, and leaves nothing when it does not", () => {
  const mark = (state: CeremonyStatus["state"]) =>
    pendingMark({ category: "C", status: { ceremony: "c", state, responses: [], prestate: "ab" } });
  for (const state of [
    { kind: "Preparing" },
    { kind: "PendingEpoch", pendingEpoch: 2, required: 2, received: 1 },
    { kind: "Committing" },
  ] as const)
    expect(mark(state)).toEqual({ mark: "blocking", applied: false });
  expect(mark({ kind: "Committed", consensus: "cd", at: 1 })).toEqual({ mark: "finalized", applied: true });
  expect(mark({ kind: "Aborted", reason: "late", at: 1 })).toEqual({ mark: "failed", applied: false });
});
