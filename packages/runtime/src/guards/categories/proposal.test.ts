import fc from "fast-check";
import { expect, test } from "vitest";
import { countOf, isApproved, isRejectionCertain, newProgress, withDecision } from "./approval-progress.ts";
import { type ApprovalThreshold, thresholdMet } from "./approval-threshold.ts";
import { deferredStatus } from "./pending-status.ts";
import { type Proposal, type ProposalFact, proposalStatus, reduceProposals } from "./proposal.ts";

const created = (threshold: ApprovalThreshold, total?: number): ProposalFact => ({
  kind: "Created",
  proposal: "p",
  by: "ada",
  operation: "archive_channel",
  threshold,
  at: 0,
  expiresAt: 1_000,
  ...(total === undefined ? {} : { total }),
});
const approved = (by: string, at = 1): ProposalFact => ({ kind: "Approved", proposal: "p", by, at });
const rejected = (by: string, at = 1): ProposalFact => ({
  kind: "Rejected",
  proposal: "p",
  by,
  reason: "no",
  at,
});
const reduce = (...facts: readonly ProposalFact[]): Proposal => reduceProposals(facts).get("p") as Proposal;
const two: ApprovalThreshold = { kind: "threshold", required: 2 };

test("half of three needs two, and two meet a threshold of two", () => {
  const half: ApprovalThreshold = { kind: "percentage", percent: 50 };
  expect([thresholdMet(half, 1, 3), thresholdMet(half, 2, 3)]).toEqual([false, true]);
  expect([thresholdMet(two, 1, 3), thresholdMet(two, 2, 3)]).toEqual([false, true]);
});

test("with nobody to ask nothing is met, and a share of an unknown total never is", () => {
  for (const threshold of [{ kind: "any" }, { kind: "unanimous" }, two] as const)
    expect(thresholdMet(threshold, 5, 0)).toBe(false);
  expect(thresholdMet({ kind: "unanimous" }, 9, undefined)).toBe(false);
  expect(thresholdMet({ kind: "percentage", percent: 1 }, 9, undefined)).toBe(false);
  expect(thresholdMet({ kind: "any" }, 1, undefined)).toBe(true);
});

test("a proposal is pending until approvals meet its threshold", () => {
  expect(proposalStatus(reduce(created(two), approved("bob"), rejected("cyd")), 5)).toEqual({
    kind: "Pending",
    approvals: 1,
    rejections: 1,
    required: 2,
  });
  expect(proposalStatus(reduce(created(two), approved("bob"), approved("cyd")), 5)).toEqual({
    kind: "Approved",
  });
});

test("an authority has one vote, the latest; it cannot leave what has ended", () => {
  const changed = reduce(created(two), approved("bob"), approved("bob"), rejected("bob"));
  expect(proposalStatus(changed, 5)).toMatchObject({ approvals: 0, rejections: 1 });
  const ended = reduce(created(two), approved("bob"), approved("cyd"), rejected("cyd"));
  expect(proposalStatus(ended, 5)).toEqual({ kind: "Approved" });
});

test("rejections alone never reject, and the deadline ends it once reached", () => {
  const proposal = reduce(created(two, 2), rejected("bob"), rejected("cyd"));
  expect(proposalStatus(proposal, 999).kind).toBe("Pending");
  expect(proposalStatus(proposal, 1_000)).toEqual({ kind: "Expired" });
  expect(proposalStatus(reduce(created(two), approved("bob"), approved("cyd", 1_000)), 1_000).kind).toBe(
    "Expired",
  );
});

test("withdrawal, completion and failure overwrite any status", () => {
  const ended = [created(two), approved("bob"), approved("cyd")];
  const by = { proposal: "p", at: 9 } as const;
  expect(proposalStatus(reduce(...ended, { kind: "Withdrawn", by: "ada", ...by }), 9)).toEqual({
    kind: "Withdrawn",
  });
  expect(proposalStatus(reduce(...ended, { kind: "Failed", failure: "Vetoed", ...by }), 9)).toEqual({
    kind: "Rejected",
    reason: "Vetoed",
  });
  expect(proposalStatus(reduce(...ended, { kind: "Failed", failure: "Expired", ...by }), 9)).toEqual({
    kind: "Expired",
  });
  const withdrawn = reduce(
    created(two),
    { kind: "Withdrawn", by: "ada", ...by },
    { kind: "Completed", ...by },
  );
  expect(proposalStatus(withdrawn, 9)).toEqual({ kind: "Approved" });
});

test("facts about what was never created, and a second creation, change nothing", () => {
  expect(reduceProposals([approved("bob")]).size).toBe(0);
  expect(reduce(created(two), approved("bob"), created({ kind: "any" })).threshold).toEqual(two);
});

test("a pending proposal shows who said what and what is needed, its effect not applied", () => {
  const proposal = reduce(created({ kind: "unanimous" }, 3), approved("bob"), rejected("cyd"));
  expect(deferredStatus(proposal, 5)).toEqual({
    proposal: "p",
    state: { kind: "Pending" },
    approvals: { given: ["bob"], refused: ["cyd"], required: 3 },
    expiresAt: 1_000,
  });
  const withdrawn = reduce(created(two), { kind: "Withdrawn", proposal: "p", by: "ada", at: 2 });
  expect(deferredStatus(withdrawn, 5).state).toEqual({ kind: "Rejected", reason: "withdrawn", by: "ada" });
});

const threshold: fc.Arbitrary<ApprovalThreshold> = fc.oneof(
  fc.constant({ kind: "any" } as const),
  fc.constant({ kind: "unanimous" } as const),
  fc.record({ kind: fc.constant("threshold" as const), required: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ kind: fc.constant("percentage" as const), percent: fc.integer({ min: 1, max: 100 }) }),
);
const decisions = fc.array(
  fc.tuple(fc.constantFrom("a", "b", "c", "d"), fc.constantFrom("Approve", "Reject", "Abstain")),
);

test("rejection is certain exactly when all who are left could approve in vain", () => {
  fc.assert(
    fc.property(threshold, decisions, (rule, said) => {
      const progress = said.reduce(
        (sum, [by, decision]) => withDecision(sum, by, decision as "Approve"),
        newProgress(rule),
      );
      const silent = ["a", "b", "c", "d"].filter((one) => !progress.decisions.has(one));
      const best = silent.reduce((sum, by) => withDecision(sum, by, "Approve"), progress);
      expect(isRejectionCertain(progress, 4)).toBe(!isApproved(best, 4));
      expect(countOf(best, "Approve") - countOf(progress, "Approve")).toBe(silent.length);
    }),
  );
});
