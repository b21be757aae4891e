import type { CeremonyStateJson } from "@parley/wire/http";
import { expect, test } from "vitest";
import { type Category, markOf, pendingOf } from "./pending-of.ts";

const head = { id: "ses-1", stateHash: "a".repeat(64), updatedAt: 5 };
const member = (authority: string, lacks: number) => ({ authority, root: "", facts: 1, lacks, group: 0 });
const mark = (
  category: Category,
  status: "active" | "completed" | "cancelled",
  context?: Parameters<typeof pendingOf>[2],
) => {
  const { mark: word, applied } = markOf(pendingOf(category, { ...head, status }, context));
  return [word, applied];
};

test("an A holds at once, and says when every replica has it", () => {
  expect(mark("A", "active")).toEqual(["local", true]);
  const parted = { members: [member("ada", 0), member("bea", 2)], converged: false };
  expect(pendingOf("A", { ...head, status: "active" }, parted)).toMatchObject({
    status: { propagation: { kind: "Syncing", reached: 1, known: 2 } },
  });
  expect(mark("A", "active", { ...parted, converged: true })).toEqual(["propagated", true]);
});

test("a B is not applied until its session completes", () => {
  expect(mark("B", "active")).toEqual(["pending", false]);
  expect(mark("B", "completed")).toEqual(["propagated", true]);
  expect(mark("B", "cancelled")).toEqual(["failed", false]);
});

test("a C holds once its ceremony has committed, whatever became of its session, and never without one", () => {
  const of = (status: "active" | "completed", state?: CeremonyStateJson) => {
    const ceremony = state === undefined ? {} : { ceremony: { id: "c-1", state } };
    const { mark: word, applied } = markOf(pendingOf("C", { ...head, status, ...ceremony }, undefined));
    return [word, applied];
  };
  for (const live of ["Preparing", "PendingEpoch", "Committing"] as const)
    expect([of("active", live), of("completed", live)]).toEqual([
      ["blocking", false],
      ["blocking", false],
    ]);
  for (const status of ["active", "completed"] as const) {
    expect(of(status, "Committed")).toEqual(["finalized", true]);
    expect(of(status, "Aborted")).toEqual(["failed", false]);
    expect(of(status, "Superseded")).toEqual(["failed", false]);
  }
  expect(of("active")).toEqual(["blocking", false]);
  expect(of("completed")).toEqual(["failed", false]);
});
