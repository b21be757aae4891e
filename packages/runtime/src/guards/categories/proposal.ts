import { type ApprovalThreshold, requiredApprovals, thresholdMet } from "./approval-threshold.ts";

/** The fact type of everything about proposals. */
export const PROPOSAL_FACT_TYPE = "proposal/v1";

/** Why a proposal could not be carried out. */
export type ProposalFailure =
  | "Expired"
  | "Rejected"
  | "Vetoed"
  | "ContextGone"
  | "PermissionLost"
  | "OperationInvalid";

/** A step in the life of a proposal, in canonical order of the journal (spec/aura-state.md §15). */
export type ProposalFact =
  | {
      readonly kind: "Created";
      readonly proposal: string;
      readonly by: string;
      readonly operation: string;
      readonly threshold: ApprovalThreshold;
      /** How many are asked, when that is known. */
      readonly total?: number;
      /** Session time, ms. */
      readonly at: number;
      readonly expiresAt: number;
    }
  | { readonly kind: "Approved"; readonly proposal: string; readonly by: string; readonly at: number }
  | {
      readonly kind: "Rejected";
      readonly proposal: string;
      readonly by: string;
      readonly reason: string;
      readonly at: number;
    }
  | { readonly kind: "Withdrawn"; readonly proposal: string; readonly by: string; readonly at: number }
  | { readonly kind: "Completed"; readonly proposal: string; readonly at: number }
  | {
      readonly kind: "Failed";
      readonly proposal: string;
      readonly failure: ProposalFailure;
      readonly at: number;
    };

/** Where a proposal stands. */
export type ProposalStatus =
  | {
      readonly kind: "Pending";
      readonly approvals: number;
      readonly rejections: number;
      /** Unknown for a share of an unknown total. */
      readonly required: number | undefined;
    }
  | { readonly kind: "Approved" }
  | { readonly kind: "Rejected"; readonly reason: string; readonly by?: string }
  | { readonly kind: "Expired" }
  | { readonly kind: "Withdrawn" };

/** A proposal with everybody's word. */
export interface Proposal {
  readonly id: string;
  readonly by: string;
  readonly operation: string;
  readonly threshold: ApprovalThreshold;
  readonly total?: number;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** The latest vote of each authority. */
  readonly votes: ReadonlyMap<string, { readonly approve: boolean; readonly reason: string }>;
  /** Set by a fact that ends it, or by the approval that met the threshold. */
  readonly ended?: ProposalStatus;
}

const count = ({ votes }: Proposal, approve: boolean): number =>
  [...votes.values()].filter((vote) => vote.approve === approve).length;

const failed = (failure: ProposalFailure): ProposalStatus => {
  if (failure === "Expired") return { kind: "Expired" };
  return { kind: "Rejected", reason: failure };
};

/** A vote counts until the proposal ended or expired; the one that meets the threshold ends it. */
const vote = (
  proposal: Proposal,
  { by, at }: { readonly by: string; readonly at: number },
  cast: { readonly approve: boolean; readonly reason: string },
): Proposal => {
  if (proposal.ended !== undefined || at >= proposal.expiresAt) return proposal;
  const voted = { ...proposal, votes: new Map(proposal.votes).set(by, cast) };
  return thresholdMet(voted.threshold, count(voted, true), voted.total)
    ? { ...voted, ended: { kind: "Approved" } }
    : voted;
};

const created = (fact: Extract<ProposalFact, { readonly kind: "Created" }>): Proposal => ({
  id: fact.proposal,
  by: fact.by,
  operation: fact.operation,
  threshold: fact.threshold,
  createdAt: fact.at,
  expiresAt: fact.expiresAt,
  votes: new Map(),
  ...(fact.total === undefined ? {} : { total: fact.total }),
});

/**
 * One more fact about a proposal. Votes cannot leave a status that ended it;
 * withdrawal, completion and failure overwrite any. A second creation and a fact
 * about what was never created change nothing.
 */
export const reduceProposal = (proposal: Proposal | undefined, fact: ProposalFact): Proposal | undefined => {
  if (proposal === undefined) return fact.kind === "Created" ? created(fact) : undefined;
  switch (fact.kind) {
    case "Created":
      return proposal;
    case "Approved":
      return vote(proposal, fact, { approve: true, reason: "" });
    case "Rejected":
      return vote(proposal, fact, { approve: false, reason: fact.reason });
    case "Withdrawn":
      return { ...proposal, ended: { kind: "Withdrawn" } };
    case "Completed":
      return { ...proposal, ended: { kind: "Approved" } };
    case "Failed":
      return { ...proposal, ended: failed(fact.failure) };
  }
};

/** All proposals of a journal, by id. */
export const reduceProposals = (facts: Iterable<ProposalFact>): ReadonlyMap<string, Proposal> => {
  const proposals = new Map<string, Proposal>();
  for (const fact of facts) {
    const next = reduceProposal(proposals.get(fact.proposal), fact);
    if (next !== undefined) proposals.set(fact.proposal, next);
  }
  return proposals;
};

/** Where a proposal stands at `now` (ms). Rejections alone never end it; its deadline does, once reached. */
export const proposalStatus = (proposal: Proposal, now: number): ProposalStatus => {
  if (proposal.ended !== undefined) return proposal.ended;
  if (now >= proposal.expiresAt) return { kind: "Expired" };
  return {
    kind: "Pending",
    approvals: count(proposal, true),
    rejections: count(proposal, false),
    required: requiredApprovals(proposal.threshold, proposal.total),
  };
};
