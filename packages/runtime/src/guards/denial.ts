import type { Hash } from "@parley/wire";
import type { ObserverClass } from "./observer-class.ts";

/** Why a capability is not in the frontier, as far as the token says. */
export type CapabilityRefusal =
  /** The device presents no token. */
  | { readonly kind: "no-token"; readonly device: string }
  /** The token's authority block does not grant it, or for another scope. */
  | { readonly kind: "not-granted"; readonly token: string; readonly why: string }
  /** A check of a block fails; `block` 0 is the authority block. */
  | {
      readonly kind: "check-failed";
      readonly token: string;
      readonly block: number;
      readonly check: string;
      readonly why: string;
    }
  | { readonly kind: "revoked"; readonly token: string; readonly reason: string }
  /** The token does not verify against the root it claims; `code` is the token error's. */
  | { readonly kind: "invalid"; readonly token: string; readonly code: string };

/** The last charge before a budget ran short: what a person looks at first. */
export interface DecidingCharge {
  readonly receipt: Hash;
  readonly cost: number;
  readonly session: string;
}

/** Why the guard chain denied one send by itself. */
export type SendDenial =
  | {
      readonly code: "PAR7610";
      readonly kind: "capability-missing";
      readonly capability: string;
      /** Absent when the frontier was built by hand. */
      readonly refusal?: CapabilityRefusal;
    }
  | { readonly code: "PAR7611"; readonly kind: "authorization-denied"; readonly operation: string }
  | { readonly code: "PAR7612"; readonly kind: "authorization-missing"; readonly operation: string }
  | { readonly code: "PAR7613"; readonly kind: "budget-missing"; readonly cost: number }
  | {
      readonly code: "PAR7614";
      readonly kind: "budget-short";
      readonly cost: number;
      readonly headroom: number;
      readonly limit: number;
      readonly spent: number;
      readonly epoch: number;
      /** In the escrow of other devices. */
      readonly reserved: number;
      readonly last?: DecidingCharge;
    }
  | {
      readonly code: "PAR7615";
      readonly kind: "allotment-short";
      readonly device: string;
      readonly cost: number;
      /** Left of the device's own escrow. */
      readonly left: number;
      /** Free, but not within reach. */
      readonly unallotted: number;
      readonly last?: DecidingCharge;
    }
  | {
      readonly code: "PAR7616";
      readonly kind: "budget-overflow";
      readonly spent: number;
      readonly cost: number;
    }
  | { readonly code: "PAR7617"; readonly kind: "leakage-missing"; readonly observer: ObserverClass }
  | {
      readonly code: "PAR7618";
      readonly kind: "leakage-exceeded";
      readonly observer: ObserverClass;
      readonly amount: number;
      readonly consumed: number;
      readonly limit: number;
      /** When the window drops enough to try again, if it has one. */
      readonly freeAt?: number;
    }
  /** An annotation that means nothing to a guard: refused rather than passed over. */
  | {
      readonly code: "PAR7619";
      readonly kind: "annotation-malformed";
      readonly key: string;
      readonly value: string;
    };

/** The first leg of a broadcast is denied because a later one would be: nothing of it is sent, nothing is charged. */
export interface LegDenial {
  readonly code: "PAR7623";
  readonly kind: "leg-denied";
  /** Which leg, counted from 1, of how many. */
  readonly leg: number;
  readonly legs: number;
  readonly edgeId: string;
  /** Who the leg goes to: the role, and the authority that sits there. */
  readonly to: string;
  readonly peer: string;
  /** Why; a cost is that of the leg and of those before it that the same budget pays for. */
  readonly denial: SendDenial;
}

/**
 * Why the guard chain denied: the first guard that did, with what decided it.
 * Stable codes, described in docs/errors.md. A denial has no effects.
 */
export type Denial = SendDenial | LegDenial;

const capabilityText = (capability: string, refusal: CapabilityRefusal | undefined): string => {
  const missing = `The capability ${capability} is not admitted`;
  switch (refusal?.kind) {
    case undefined:
      return `${missing}.`;
    case "no-token":
      return `${missing}: ${refusal.device} presents no token.`;
    case "not-granted":
      return `${missing}: token ${refusal.token} does not grant it (${refusal.why}).`;
    case "check-failed":
      return `${missing}: block ${refusal.block} of token ${refusal.token} checks ${refusal.check} (${refusal.why}).`;
    case "revoked":
      return `${missing}: token ${refusal.token} was revoked (${refusal.reason}).`;
    case "invalid":
      return `${missing}: token ${refusal.token} does not verify (${refusal.code}).`;
  }
};

/** A denial as one sentence, the `reason` of its verdict. */
export const denialText = (denial: Denial): string => {
  switch (denial.kind) {
    case "capability-missing":
      return capabilityText(denial.capability, denial.refusal);
    case "authorization-denied":
      return `Authorization denied for ${denial.operation}.`;
    case "authorization-missing":
      return `Missing authorization decision for ${denial.operation}.`;
    case "budget-missing":
      return `No flow budget for a cost of ${denial.cost}.`;
    case "budget-short":
      return `Insufficient flow budget: ${denial.cost} asked, ${denial.headroom} of ${denial.limit} left in epoch ${denial.epoch}${denial.reserved > 0 ? `, ${denial.reserved} in escrow of other devices` : ""}.`;
    case "allotment-short":
      return `Insufficient flow budget: ${denial.cost} asked, ${denial.left} left in the escrow of ${denial.device}, which does not reach the ${denial.unallotted} that are free.`;
    case "budget-overflow":
      return `A cost of ${denial.cost} on ${denial.spent} spent is beyond what can be counted.`;
    case "leakage-missing":
      return `No leakage budget towards ${denial.observer} observers.`;
    case "leakage-exceeded":
      return `Leakage towards ${denial.observer} observers would be ${denial.consumed + denial.amount} of ${denial.limit}.`;
    case "leg-denied":
      return `Leg ${denial.leg} of ${denial.legs} of the broadcast, to ${denial.to}: ${denialText(denial.denial)} No leg is sent.`;
    case "annotation-malformed":
      return `The annotation ${denial.key} : ${denial.value} cannot be judged.`;
  }
};

/** The guard of the chain that a denial comes from. */
export const denyingGuard = (denial: Denial): "capability" | "flow" | "journal" | "leakage" => {
  switch (denial.kind) {
    case "capability-missing":
    case "authorization-denied":
    case "authorization-missing":
      return "capability";
    case "budget-missing":
    case "budget-short":
    case "allotment-short":
    case "budget-overflow":
      return "flow";
    case "leakage-missing":
    case "leakage-exceeded":
      return "leakage";
    case "leg-denied":
      return denyingGuard(denial.denial);
    case "annotation-malformed":
      if (denial.key === "flow_cost") return "flow";
      return denial.key === "leak" ? "leakage" : "capability";
  }
};
