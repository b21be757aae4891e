/**
 * The small pure rules that tables derived from the streams share with the
 * folds of the host. Light on purpose: a store's writing thread loads this and
 * nothing else of the runtime.
 */

export { ceremonyKinds } from "../../ceremony/ceremony-kind.ts";
export { participantKey } from "../../ceremony/participant.ts";
export { TIMED_OUT } from "../../ceremony/run-ceremony.ts";
export { type Budget, budgetView, DEFAULT_LIMIT, newBudget } from "../../guards/budget.ts";
export { receiptId } from "../../guards/receipt.ts";
export { factId } from "../../journal/fact-id.ts";
export { msOfTime, typeOfFact, versionOfFact } from "../../journal/fact-shape.ts";
export { reachedBy } from "../../journal/reached-by.ts";
export { recordedFact } from "../../journal/recorded-fact.ts";
export { boundariesOfManifest } from "../../ownership/link-boundary.ts";
export { executeUpgrade, seedUpgrade, unseeded } from "../../reconfiguration/upgrade.ts";
export { phasesOf } from "../../services/composition/composition.ts";
export {
  type CompositionRun,
  compositionDeadline,
  type PhaseState,
  startComposition,
  stepComposition,
} from "../../services/composition/run.ts";
export {
  type BudgetRecords,
  budgetId,
  foldBudget,
  noBudgets,
  type PairBudget,
  pairBudget,
  settleCharge,
} from "../streams/budget-records.ts";
export { emptyMap, getFrom, putInto } from "../streams/persistent-map.ts";
export { budgetChangeWords, type PairBudgetInput } from "./budget-change-words.ts";
