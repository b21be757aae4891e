import type { GuardVerdict } from "@parley/wire";
import { allotmentHeadroom, chargeRefusal } from "./budget.ts";
import { headroom } from "./budget-view.ts";
import { type Denial, denialText, denyingGuard } from "./denial.ts";
import type { EffectCommand } from "./effect-command.ts";
import type { GuardRequest, GuardSnapshot } from "./guard-snapshot.ts";
import { exceededClass, observerClasses } from "./observer-class.ts";

/** What the chain answers: a verdict of every guard asked, and the effects of all when all allow. */
export type GuardOutcome =
  | {
      readonly allow: true;
      readonly verdicts: readonly GuardVerdict[];
      readonly effects: readonly EffectCommand[];
    }
  | {
      readonly allow: false;
      readonly verdicts: readonly GuardVerdict[];
      readonly effects: readonly [];
      /** The first denial; absent when the chain could not decide. */
      readonly denial?: Denial;
      /** The capability the token port did not decide in time: retryable, nothing to record. */
      readonly undecided?: string;
    };

/** What one guard says: its verdicts, its effects, and a denial that ends the chain. */
interface GuardSaying {
  readonly verdicts: readonly GuardVerdict[];
  readonly effects: readonly EffectCommand[];
  readonly denial?: Denial;
}

type Guard = (snapshot: GuardSnapshot, request: GuardRequest) => GuardSaying;

const silent: GuardSaying = { verdicts: [], effects: [] };

const readOf = (snapshot: GuardSnapshot, guard: GuardVerdict["guard"]): GuardVerdict["read"] =>
  snapshot.versions?.[guard] ?? {};

const denied = (
  snapshot: GuardSnapshot,
  denial: Denial,
  subject: string,
  more: Partial<GuardVerdict> = {},
): GuardSaying => {
  const guard = denyingGuard(denial);
  return {
    verdicts: [
      { guard, allow: false, reason: denialText(denial), subject, read: readOf(snapshot, guard), ...more },
    ],
    effects: [],
    denial,
  };
};

const capabilityDenial = (snapshot: GuardSnapshot, capability: string): Denial => {
  const refusal =
    snapshot.refusals !== undefined && Object.hasOwn(snapshot.refusals, capability)
      ? snapshot.refusals[capability]
      : undefined;
  return {
    code: "PAR7610",
    kind: "capability-missing",
    capability,
    ...(refusal === undefined ? {} : { refusal }),
  };
};

const operationDenial = ({ decisions = {} }: GuardSnapshot, operation: string): Denial | undefined => {
  const decision = Object.hasOwn(decisions, operation) ? decisions[operation] : undefined;
  if (decision === "allow") return undefined;
  return decision === "deny"
    ? { code: "PAR7611", kind: "authorization-denied", operation }
    : { code: "PAR7612", kind: "authorization-missing", operation };
};

/** CapGuard: the operation has its decision, and every capability named is in the frontier. */
const capGuard: Guard = (snapshot, request) => {
  const verdicts: GuardVerdict[] = [];
  const read = readOf(snapshot, "capability");
  if (request.operation !== undefined) {
    const denial = operationDenial(snapshot, request.operation);
    if (denial !== undefined) return denied(snapshot, denial, request.operation);
    verdicts.push({ guard: "capability", allow: true, subject: request.operation, read });
  }
  for (const capability of request.capabilities) {
    if (!snapshot.capabilities.includes(capability)) {
      const last = denied(snapshot, capabilityDenial(snapshot, capability), capability);
      return { ...last, verdicts: [...verdicts, ...last.verdicts] };
    }
    verdicts.push({ guard: "capability", allow: true, subject: capability, read });
  }
  return { verdicts, effects: [] };
};

const flowDenial = (snapshot: GuardSnapshot, need: number): Denial | undefined => {
  const { flowBudget: budget, allotment, lastCharge } = snapshot;
  if (budget === undefined) return { code: "PAR7613", kind: "budget-missing", cost: need };
  const share = allotment ?? {
    device: "",
    allotted: 0,
    spent: 0,
    unallotted: headroom(budget),
    reaches: true,
  };
  const refusal = chargeRefusal(share, budget, need);
  const last = lastCharge === undefined ? {} : { last: lastCharge };
  switch (refusal?.kind) {
    case undefined:
      return undefined;
    case "short":
      return { code: "PAR7614", ...refusal, kind: "budget-short", epoch: budget.epoch, ...last };
    case "allotment-short":
      return { code: "PAR7615", ...refusal, ...last };
    default:
      return { code: "PAR7616", kind: "budget-overflow", spent: budget.spent, cost: need };
  }
};

/** FlowGuard: the cost, and that of the legs still to come, fits what the device can spend. */
const flowGuard: Guard = (snapshot, request) => {
  const { cost, ahead = 0, context, authority, device, peer } = request;
  const need = cost + ahead;
  if (need === 0 && request.operation === undefined) return silent;
  const subject = String(cost);
  const before =
    snapshot.allotment !== undefined
      ? allotmentHeadroom(snapshot.allotment)
      : snapshot.flowBudget && headroom(snapshot.flowBudget);
  const denial = flowDenial(snapshot, need);
  if (denial !== undefined)
    return denied(snapshot, denial, subject, before === undefined ? {} : { before, after: before });
  const charge: EffectCommand = {
    kind: "chargeBudget",
    context,
    authority,
    peer,
    amount: cost,
    ...(device === undefined ? {} : { device }),
  };
  const left = before ?? 0;
  return {
    verdicts: [
      {
        guard: "flow",
        allow: true,
        subject,
        read: readOf(snapshot, "flow"),
        before: left,
        after: left - cost,
      },
    ],
    effects: cost > 0 || request.operation !== undefined ? [charge] : [],
  };
};

/** JournalCoupler: says which facts land with the send; it never denies. */
const journalCoupler: Guard = (snapshot, request) => {
  const { context, authority, operation } = request;
  const facts =
    operation === undefined
      ? request.facts
      : [`operation_executed:${authority}:${operation}`, ...request.facts];
  if (facts.length === 0) return silent;
  const at = snapshot.now ?? 0;
  return {
    verdicts: [
      { guard: "journal", allow: true, subject: facts.join(","), read: readOf(snapshot, "journal") },
    ],
    effects: facts.map((fact) => ({ kind: "appendJournal", context, authority, fact, at })),
  };
};

/** LeakageTracker: no observer class learns more than its window allows. */
const leakageTracker: Guard = (snapshot, { leakage: amount, context }) => {
  const named = observerClasses.filter((one) => amount[one] > 0);
  const [first] = named;
  if (first === undefined) return silent;
  const state = snapshot.leakage;
  if (state === undefined)
    return denied(snapshot, { code: "PAR7617", kind: "leakage-missing", observer: first }, first);
  const { consumed, limits } = state;
  const read = readOf(snapshot, "leakage");
  const over = exceededClass(consumed, amount, limits);
  const allowed = named.filter((one) => one !== over);
  const verdicts = allowed.map(
    (one): GuardVerdict => ({
      guard: "leakage",
      allow: true,
      subject: one,
      read,
      before: limits[one] - consumed[one],
      after: limits[one] - consumed[one] - amount[one],
    }),
  );
  if (over === undefined) return { verdicts, effects: [{ kind: "recordLeakage", context, leakage: amount }] };
  const left = limits[over] - consumed[over];
  const denial: Denial = {
    code: "PAR7618",
    kind: "leakage-exceeded",
    observer: over,
    amount: amount[over],
    consumed: consumed[over],
    limit: limits[over],
    ...(state.freeAt === undefined ? {} : { freeAt: state.freeAt }),
  };
  const last = denied(snapshot, denial, over, { before: left, after: left });
  const earlier = verdicts.slice(0, named.indexOf(over));
  return { ...last, verdicts: [...earlier, ...last.verdicts] };
};

/** The chain, in the order in which it is asked (spec/aura-state.md §12.2). */
const chain: readonly Guard[] = [capGuard, flowGuard, journalCoupler, leakageTracker];

/**
 * Judges one request: CapGuard, FlowGuard, JournalCoupler, LeakageTracker. The
 * first denial ends the chain and leaves no effects; when all allow, the
 * effects of all, the charge first. Pure: the snapshot is all that is read.
 *
 * @example
 * evaluateGuards({ capabilities: [], flowBudget: { limit: 100, spent: 0, epoch: 0 } }, request).allow // false
 */
export const evaluateGuards = (snapshot: GuardSnapshot, request: GuardRequest): GuardOutcome => {
  const undecided = request.capabilities.find((one) => snapshot.undecided?.includes(one));
  if (undecided !== undefined) return { allow: false, verdicts: [], effects: [], undecided };
  const [malformed] = request.malformed;
  if (malformed !== undefined) {
    const denial: Denial = { code: "PAR7619", kind: "annotation-malformed", ...malformed };
    const { verdicts } = denied(snapshot, denial, `${malformed.key}: ${malformed.value}`);
    return { allow: false, verdicts, effects: [], denial };
  }
  const verdicts: GuardVerdict[] = [];
  const effects: EffectCommand[] = [];
  for (const guard of chain) {
    const saying = guard(snapshot, request);
    verdicts.push(...saying.verdicts);
    if (saying.denial !== undefined) return { allow: false, verdicts, effects: [], denial: saying.denial };
    effects.push(...saying.effects);
  }
  return { allow: true, verdicts, effects };
};
