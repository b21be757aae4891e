import type { Leakage } from "@parley/wire";
import { checkDeltas, compensationsOf, type DeltaError, type DeltaFact } from "./delta-fact.ts";

/** An operation that goes without a token says so, and why: none of these may be blank. */
export interface UnauthenticatedAllowed {
  readonly reasonCode: string;
  readonly scope: string;
  readonly docRef: string;
}

/** Who stands behind an operation: at least one token, or the explicit exception. */
export type GuardAuthority =
  | { readonly kind: "tokens"; readonly tokens: readonly string[] }
  | ({ readonly kind: "unauthenticated" } & UnauthenticatedAllowed);

/** The phases of a guarded operation, in order; the outcome says which were gone through. */
export type GuardPhase = "tokens" | "operation" | "deltas" | "leakage";

/** Why a guarded operation did not end well. */
export type ProtocolGuardError =
  | { readonly code: "PAR7670"; readonly kind: "no-authority"; readonly detail: string }
  | {
      readonly code: "PAR7671";
      readonly kind: "permission-denied";
      readonly token: string;
      readonly why: string;
    }
  | DeltaError
  | { readonly code: "PAR7674"; readonly kind: "operation-failed"; readonly why: string }
  | {
      readonly code: "PAR7675";
      readonly kind: "delta-failed";
      readonly index: number;
      readonly why: string;
    };

/** Something that was tried, with why it failed. */
export type Tried<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: string };

/** An operation with everything its guard calls: functions given in, nothing else is touched. */
export interface GuardedOperation<T> {
  readonly authority: GuardAuthority;
  /** One token: may it do this operation? (1 unit each) */
  readonly authorize: (token: string) => Tried<undefined>;
  readonly run: () => Tried<{ readonly result: T; readonly deltas: readonly DeltaFact[] }>;
  readonly apply: (delta: DeltaFact) => Tried<undefined>;
  readonly leakage: Leakage;
}

/** What became of a guarded operation. On failure `facts` holds only what makes up for deltas that had landed. */
export type GuardedOutcome<T> =
  | {
      readonly ok: true;
      readonly result: T;
      readonly facts: readonly DeltaFact[];
      readonly leakage: Leakage;
      readonly phases: readonly GuardPhase[];
    }
  | {
      readonly ok: false;
      readonly error: ProtocolGuardError;
      readonly facts: readonly DeltaFact[];
      readonly phases: readonly GuardPhase[];
    };

const authorityError = (authority: GuardAuthority): ProtocolGuardError | undefined => {
  const refuse = (detail: string): ProtocolGuardError => ({ code: "PAR7670", kind: "no-authority", detail });
  if (authority.kind === "tokens")
    return authority.tokens.length === 0 ? refuse("no token is presented") : undefined;
  const { reasonCode, scope, docRef } = authority;
  const blank = Object.entries({ reasonCode, scope, docRef }).find(([, text]) => text.trim() === "");
  return blank && refuse(`${blank[0]} of the exception is blank`);
};

const tokensError = <T>({ authority, authorize }: GuardedOperation<T>): ProtocolGuardError | undefined => {
  if (authority.kind === "unauthenticated") return undefined;
  for (const token of authority.tokens) {
    const answer = authorize(token);
    if (!answer.ok) return { code: "PAR7671", kind: "permission-denied", token, why: answer.why };
  }
  return undefined;
};

/** Applies deltas in order; one that fails leaves the compensations of those before it. */
const applyDeltas = (
  deltas: readonly DeltaFact[],
  apply: (delta: DeltaFact) => Tried<undefined>,
): { readonly facts: readonly DeltaFact[]; readonly error?: ProtocolGuardError } => {
  for (const [index, delta] of deltas.entries()) {
    const applied = apply(delta);
    if (!applied.ok)
      return {
        facts: compensationsOf(deltas.slice(0, index)),
        error: { code: "PAR7675", kind: "delta-failed", index, why: applied.why },
      };
  }
  return { facts: deltas };
};

/**
 * Runs an operation under its guard: every token, then the operation, then its
 * deltas, which are all looked at before any is applied, then leakage. An
 * operation that fails leaves no deltas (spec/aura-state.md §12.4).
 */
export const runGuarded = <T>(operation: GuardedOperation<T>): GuardedOutcome<T> => {
  const failed = (error: ProtocolGuardError, phases: readonly GuardPhase[]): GuardedOutcome<T> => ({
    ok: false,
    error,
    facts: [],
    phases,
  });
  const unbacked = authorityError(operation.authority);
  if (unbacked !== undefined) return failed(unbacked, []);
  const denied = tokensError(operation);
  if (denied !== undefined) return failed(denied, ["tokens"]);
  const ran = operation.run();
  if (!ran.ok)
    return failed({ code: "PAR7674", kind: "operation-failed", why: ran.why }, ["tokens", "operation"]);
  const { result, deltas } = ran.value;
  const phases: readonly GuardPhase[] = ["tokens", "operation", "deltas"];
  const unfit = checkDeltas(deltas);
  if (unfit !== undefined) return failed(unfit, phases);
  const { facts, error } = applyDeltas(deltas, operation.apply);
  if (error !== undefined) return { ok: false, error, facts, phases };
  return { ok: true, result, facts, leakage: operation.leakage, phases: [...phases, "leakage"] };
};
