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
export {
  type CapabilityRefusal,
  type DecidingCharge,
  type Denial,
  denialText,
  denyingGuard,
} from "./denial.ts";
export {
  DEFAULT_EDGE_COST,
  type EdgeRequest,
  edgeRequest,
  type MalformedAnnotation,
} from "./edge-request.ts";
export type { EffectCommand, EffectResult } from "./effect-command.ts";
export { evaluateGuards, type GuardOutcome } from "./evaluate-guards.ts";
export type { GuardChain, GuardQuestion } from "./guard-chain.ts";
export type { GuardRequest, GuardSnapshot, LeakageState, ReadVersions } from "./guard-snapshot.ts";
export { mergeBudgets } from "./merge-budgets.ts";
export {
  addLeakage,
  noLeakage,
  type ObserverClass,
  observerClass,
  observerClasses,
} from "./observer-class.ts";
export { flowCost, passThroughGuards } from "./pass-through.ts";
export { NO_RECEIPT, type PathStep, type Receipt, type ReceiptSeal, receiptId } from "./receipt.ts";
export { type BatchSigner, batchTranscript, receiptsOf, sealBatch } from "./receipt-batch.ts";
export { pathRoot, pathSides, receiptTree } from "./receipt-tree.ts";
export {
  type BoundKey,
  type ReceiptContext,
  type ReceiptStep,
  type ReceiptStepName,
  type ReceiptVerdict,
  verifyReceipt,
} from "./verify-receipt.ts";
