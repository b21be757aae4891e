/** How many of those asked must approve a proposal (spec/aura-state.md §15). */
export type ApprovalThreshold =
  | { readonly kind: "any" }
  | { readonly kind: "unanimous" }
  | { readonly kind: "threshold"; readonly required: number }
  | { readonly kind: "percentage"; readonly percent: number };

/**
 * How many approvals are needed among `total`; undefined when that depends on a
 * total nobody knows.
 */
export const requiredApprovals = (
  threshold: ApprovalThreshold,
  total: number | undefined,
): number | undefined => {
  switch (threshold.kind) {
    case "any":
      return 1;
    case "unanimous":
      return total;
    case "threshold":
      return threshold.required;
    case "percentage":
      return total === undefined ? undefined : Math.ceil((total * threshold.percent) / 100);
  }
};

/**
 * Whether so many approvals suffice. With nobody to ask, and for a share of an
 * unknown total, never.
 *
 * @example thresholdMet({ kind: "percentage", percent: 50 }, 2, 3) // true
 */
export const thresholdMet = (
  threshold: ApprovalThreshold,
  approvals: number,
  total: number | undefined,
): boolean => {
  if (total === 0) return false;
  const required = requiredApprovals(threshold, total);
  return required !== undefined && approvals >= required;
};
