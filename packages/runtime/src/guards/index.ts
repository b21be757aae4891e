export { broadcastLegs } from "./broadcast-legs.ts";
export {
  type Allotment,
  accountOf,
  allotBudget,
  allotmentHeadroom,
  allotmentOf,
  allottedIn,
  type Budget,
  type BudgetChange,
  type BudgetCharge,
  type BudgetRefusal,
  budgetView,
  chargeBudget,
  chargeRefusal,
  DEFAULT_LIMIT,
  type EpochAccount,
  forgetEpochs,
  type Kept,
  limitBudget,
  newBudget,
  replenishBudget,
  spentIn,
  startEpoch,
} from "./budget.ts";
export {
  chargeView,
  type FlowBudgetView,
  headroom,
  joinView,
  rotateView,
  type ViewError,
} from "./budget-view.ts";
export { CapGuard } from "./cap-guard.ts";
export {
  type ApprovalDecision,
  type ApprovalProgress,
  countOf,
  isApproved,
  isRejectionCertain,
  newProgress,
  withDecision,
} from "./categories/approval-progress.ts";
export { type ApprovalThreshold, requiredApprovals, thresholdMet } from "./categories/approval-threshold.ts";
export {
  type CapabilityRequirement,
  type CeremonyType,
  decideEffect,
  defaultPolicies,
  type EffectDecision,
  type EffectPolicy,
  type EffectTiming,
  effectOf,
  fallbackTiming,
  type PolicyNotFound,
  type SecurityLevel,
  timingCategory,
} from "./categories/effect-policy.ts";
export {
  type CategoryAnswers,
  type CategoryEffect,
  categoryEffect,
  categoryFor,
  type OperationCategory,
} from "./categories/operation-category.ts";
export { type PageFinding, type PageMetadata, readPage } from "./categories/page-metadata.ts";
export {
  type Agreement,
  type CeremonyStatus,
  type DeferredStatus,
  deferredStatus,
  type OptimisticStatus,
  type PendingMark,
  type PendingView,
  type Propagation,
  pendingMark,
} from "./categories/pending-status.ts";
export {
  PROPOSAL_FACT_TYPE,
  type Proposal,
  type ProposalFact,
  type ProposalFailure,
  type ProposalStatus,
  proposalStatus,
  reduceProposal,
  reduceProposals,
} from "./categories/proposal.ts";
export { type CommandOrderError, checkCommandOrder } from "./command-order.ts";
export { checkDeltas, compensationsOf, type DeltaError, type DeltaFact } from "./delta-fact.ts";
export {
  type CapabilityRefusal,
  type DecidingCharge,
  type Denial,
  denialText,
  denyingGuard,
  type LegDenial,
  type SendDenial,
} from "./denial.ts";
export {
  DEFAULT_EDGE_COST,
  type EdgeRequest,
  edgeRequest,
  type MalformedAnnotation,
} from "./edge-request.ts";
export type { EffectCommand, EffectResult } from "./effect-command.ts";
export { evaluateGuards, type GuardOutcome } from "./evaluate-guards.ts";
export {
  allotFlow,
  type BudgetPair,
  budgetFor,
  chargeFlow,
  cleanUpFlow,
  type FlowBudgetError,
  type FlowBudgets,
  type FlowBudgetsChange,
  type FlowCharge,
  flowBudgetsIn,
  getBudget,
  newFlowBudgets,
  type PairBudget,
  removeFlow,
  removeFlowContext,
  replenishFlow,
  resetFlowEpoch,
  setFlowLimit,
} from "./flow-budgets.ts";
export { FlowGuard } from "./flow-guard.ts";
export type { Guard, GuardSaying } from "./guard.ts";
export type { GuardChain, GuardQuestion } from "./guard-chain.ts";
export type { GuardRequest, GuardSnapshot, LeakageState, ReadVersions } from "./guard-snapshot.ts";
export {
  type CheckOutcome,
  type DecodedIngress,
  gatherEvidence,
  type IngressCheck,
  type IngressError,
  type IngressEvidence,
  type IngressMetadata,
  ingressChecks,
  promoteIngress,
  type VerifiedIngress,
} from "./ingress.ts";
export { JournalCoupler } from "./journal-coupler.ts";
export {
  type CoupledCommands,
  type CouplingError,
  type CouplingKind,
  type CouplingMode,
  checkCouplings,
  coupleCommands,
} from "./journal-coupling.ts";
export {
  DEFAULT_LEAKAGE,
  LEAKAGE_WINDOW,
  type LeakageBudget,
  leakageState,
  limitLeakage,
  newLeakageBudget,
  recordLeakage,
  resetLeakage,
} from "./leakage-budget.ts";
export { LeakageTracker } from "./leakage-tracker.ts";
export type { Leg } from "./leg.ts";
export { mergeBudgets } from "./merge-budgets.ts";
export {
  addLeakage,
  noLeakage,
  type ObserverClass,
  observerClass,
  observerClasses,
} from "./observer-class.ts";
export { flowCost, passThroughGuards } from "./pass-through.ts";
export {
  type GuardAuthority,
  type GuardedOperation,
  type GuardedOutcome,
  type GuardPhase,
  type ProtocolGuardError,
  runGuarded,
  type Tried,
  type UnauthenticatedAllowed,
} from "./protocol-guard.ts";
export { NO_RECEIPT, type PathStep, type Receipt, type ReceiptSeal, receiptId } from "./receipt.ts";
export { type BatchSigner, batchTranscript, receiptsOf, sealBatch } from "./receipt-batch.ts";
export {
  createCharge,
  findReceipt,
  pruneReceipts,
  RECEIPT_RETENTION,
  type ReceiptChain,
  type ReceiptChains,
  type ReceiptError,
  type ReceiptPair,
  receiptChain,
  storeReceipt,
  verifyChain,
} from "./receipt-chains.ts";
export { pathNodes, pathRoot, pathSides, receiptTree } from "./receipt-tree.ts";
export { reviewVerdict, type VerdictFinding } from "./review-verdict.ts";
export {
  type BoundKey,
  type PreviousReceipt,
  type ReceiptContext,
  type ReceiptStep,
  type ReceiptStepName,
  type ReceiptVerdict,
  verifyReceipt,
} from "./verify-receipt.ts";
