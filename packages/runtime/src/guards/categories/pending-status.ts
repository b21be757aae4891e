import type { Hash } from "@parley/wire";
import { requiredApprovals } from "./approval-threshold.ts";
import { type Proposal, proposalStatus } from "./proposal.ts";

/** How firmly something is agreed on: A1, A2, A3 of spec/aura-protocols.md §2.6. */
export type Agreement =
  | { readonly kind: "Provisional" }
  | { readonly kind: "SoftSafe"; readonly certificate?: Hash }
  | { readonly kind: "Finalized"; readonly consensus: Hash };

/** How far a fact of category A has spread. */
export type Propagation =
  | { readonly kind: "Local" }
  | { readonly kind: "Syncing"; readonly reached: number; readonly known: number }
  | { readonly kind: "Complete" }
  | {
      readonly kind: "Failed";
      readonly retryAt: number;
      readonly retries: number;
      readonly error: string;
    };

/** What an operation of category A shows: it holds already, and is on its way to the others. */
export interface OptimisticStatus {
  readonly agreement: Agreement;
  readonly propagation: Propagation;
  /** Who has acknowledged it, of whom it is expected. */
  readonly acknowledgment?: { readonly by: readonly string[]; readonly expected: readonly string[] };
}

/** What an operation of category B shows: not applied until approved. */
export interface DeferredStatus {
  readonly proposal: string;
  readonly state:
    | { readonly kind: "Pending" | "Approved" | "Expired" }
    | { readonly kind: "Rejected"; readonly reason: string; readonly by?: string }
    | { readonly kind: "Superseded"; readonly by: string };
  readonly approvals: {
    readonly given: readonly string[];
    readonly refused: readonly string[];
    readonly required: number | undefined;
  };
  readonly appliedAgreement?: Agreement;
  readonly expiresAt: number;
}

/** What an operation of category C shows: nothing holds until the ceremony commits. */
export interface CeremonyStatus {
  readonly ceremony: string;
  readonly state:
    | { readonly kind: "Preparing" | "Committing" }
    | {
        readonly kind: "PendingEpoch";
        readonly pendingEpoch: number;
        readonly required: number;
        readonly received: number;
      }
    | { readonly kind: "Committed"; readonly consensus: Hash; readonly at: number }
    | { readonly kind: "Aborted"; readonly reason: string; readonly at: number }
    | { readonly kind: "Superseded"; readonly by: string; readonly reason: string };
  readonly responses: readonly {
    readonly by: string;
    readonly response: "Accept" | "Reject" | "Timeout";
    readonly reason?: string;
  }[];
  readonly prestate: Hash;
  readonly committedAgreement?: Agreement;
}

/** What a person sees while an operation is pending, by its category. */
export type PendingView =
  | { readonly category: "A"; readonly status: OptimisticStatus }
  | { readonly category: "B"; readonly status: DeferredStatus }
  | { readonly category: "C"; readonly status: CeremonyStatus };

/** The mark beside a pending operation, and whether its effect holds already. */
export interface PendingMark {
  readonly mark: "local" | "propagated" | "acknowledged" | "finalized" | "pending" | "failed" | "blocking";
  readonly applied: boolean;
}

const optimisticMark = ({ agreement, propagation, acknowledgment }: OptimisticStatus): PendingMark => {
  if (agreement.kind === "Finalized") return { mark: "finalized", applied: true };
  if (propagation.kind === "Failed") return { mark: "failed", applied: true };
  const acked =
    acknowledgment !== undefined &&
    acknowledgment.expected.length > 0 &&
    acknowledgment.expected.every((one) => acknowledgment.by.includes(one));
  if (acked) return { mark: "acknowledged", applied: true };
  return { mark: propagation.kind === "Complete" ? "propagated" : "local", applied: true };
};

/** The mark of a pending operation: an A holds at once, a B once approved, a C once committed. */
export const pendingMark = (view: PendingView): PendingMark => {
  switch (view.category) {
    case "A":
      return optimisticMark(view.status);
    case "B": {
      const { kind } = view.status.state;
      if (kind === "Pending") return { mark: "pending", applied: false };
      return kind === "Approved" ? { mark: "propagated", applied: true } : { mark: "failed", applied: false };
    }
    case "C": {
      const { kind } = view.status.state;
      if (kind === "Committed") return { mark: "finalized", applied: true };
      const over = kind === "Aborted" || kind === "Superseded";
      return { mark: over ? "failed" : "blocking", applied: false };
    }
  }
};

/** A proposal as its status shows it at `now` (ms). */
export const deferredStatus = (proposal: Proposal, now: number): DeferredStatus => {
  const status = proposalStatus(proposal, now);
  const voters = (approve: boolean): readonly string[] =>
    [...proposal.votes].filter(([, vote]) => vote.approve === approve).map(([by]) => by);
  const withdrawn = { kind: "Rejected", reason: "withdrawn", by: proposal.by } as const;
  return {
    proposal: proposal.id,
    state: status.kind === "Withdrawn" ? withdrawn : status.kind === "Pending" ? { kind: "Pending" } : status,
    approvals: {
      given: voters(true),
      refused: voters(false),
      required: requiredApprovals(proposal.threshold, proposal.total),
    },
    expiresAt: proposal.expiresAt,
  };
};
