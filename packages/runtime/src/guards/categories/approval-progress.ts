import { type ApprovalThreshold, thresholdMet } from "./approval-threshold.ts";

/** What one of those asked said. */
export type ApprovalDecision = "Approve" | "Reject" | "Abstain";

/** The decisions so far, one per authority: a later one takes the place of an earlier. */
export interface ApprovalProgress {
  readonly threshold: ApprovalThreshold;
  readonly decisions: ReadonlyMap<string, ApprovalDecision>;
}

/** Nobody has decided yet. */
export const newProgress = (threshold: ApprovalThreshold): ApprovalProgress => ({
  threshold,
  decisions: new Map(),
});

/** Takes a decision. */
export const withDecision = (
  progress: ApprovalProgress,
  by: string,
  decision: ApprovalDecision,
): ApprovalProgress => ({ ...progress, decisions: new Map(progress.decisions).set(by, decision) });

/** How many decided so. */
export const countOf = ({ decisions }: ApprovalProgress, decision: ApprovalDecision): number =>
  [...decisions.values()].filter((one) => one === decision).length;

/** Whether enough of `total` have approved. */
export const isApproved = (progress: ApprovalProgress, total: number): boolean =>
  thresholdMet(progress.threshold, countOf(progress, "Approve"), total);

/** Whether even the approval of all who have not decided yet would not be enough. */
export const isRejectionCertain = (progress: ApprovalProgress, total: number): boolean => {
  const approvals = countOf(progress, "Approve");
  const remaining = Math.max(0, total - progress.decisions.size);
  const most = Math.min(total - countOf(progress, "Reject"), remaining + approvals);
  return !thresholdMet(progress.threshold, most, total);
};
