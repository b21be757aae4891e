import type { Hash } from "@parley/wire";

/** What is checked of a payload that came from outside, in the order in which a missing check is named (spec/aura-state.md §13). */
export const ingressChecks = [
  "PeerIdentity",
  "EnvelopeAuthenticity",
  "CapabilityAuthorization",
  "NamespaceScope",
  "SchemaVersion",
  "ReplayFreshness",
  "SignerMembership",
  "ProofEvidence",
] as const;

/** One of the eight checks. */
export type IngressCheck = (typeof ingressChecks)[number];

/** What a payload claims about itself; payload and evidence must claim the same. */
export interface IngressMetadata {
  readonly source:
    | { readonly kind: "authority"; readonly id: string }
    | { readonly kind: "device"; readonly id: string };
  readonly context: string;
  readonly session?: string;
  readonly payloadHash: Hash;
  readonly schemaVersion: number;
}

/** A payload that was read and nothing more: nobody may act on it. */
export interface DecodedIngress<T> {
  readonly kind: "decoded";
  readonly metadata: IngressMetadata;
  readonly payload: T;
}

/** Proof that checks passed, for one payload. */
export interface IngressEvidence {
  readonly metadata: IngressMetadata;
  readonly passed: ReadonlySet<IngressCheck>;
}

const verified: unique symbol = Symbol("verified ingress");

/** A payload all eight checks passed for: only `promoteIngress` makes one. */
export interface VerifiedIngress<T> {
  readonly [verified]: true;
  readonly kind: "verified";
  readonly metadata: IngressMetadata;
  readonly payload: T;
}

/** Why a payload is not let in. */
export type IngressError =
  | { readonly code: "PAR7650"; readonly kind: "missing-check"; readonly check: IngressCheck }
  | {
      readonly code: "PAR7651";
      readonly kind: "failed-check";
      readonly check: IngressCheck;
      readonly detail: string;
    }
  | { readonly code: "PAR7652"; readonly kind: "metadata-mismatch"; readonly field: string };

/** How one check went: passed, or why not. */
export type CheckOutcome = { readonly ok: true } | { readonly ok: false; readonly detail: string };

/**
 * Makes the checks given, in the order of the list, and stops at the first that
 * fails. A check nobody gave is simply not in the evidence; promotion asks for it.
 *
 * @example gatherEvidence(metadata, { PeerIdentity: () => ({ ok: true }) })
 */
export const gatherEvidence = (
  metadata: IngressMetadata,
  checks: { readonly [check in IngressCheck]?: () => CheckOutcome },
):
  | { readonly ok: true; readonly evidence: IngressEvidence }
  | { readonly ok: false; readonly error: IngressError } => {
  const passed = new Set<IngressCheck>();
  for (const check of ingressChecks) {
    const outcome = checks[check]?.();
    if (outcome === undefined) continue;
    if (!outcome.ok)
      return {
        ok: false,
        error: { code: "PAR7651", kind: "failed-check", check, detail: outcome.detail },
      };
    passed.add(check);
  }
  return { ok: true, evidence: { metadata, passed } };
};

/** The first field in which two claims differ. */
const differs = (a: IngressMetadata, b: IngressMetadata): string | undefined => {
  if (a.source.kind !== b.source.kind || a.source.id !== b.source.id) return "source";
  const fields = ["context", "session", "payloadHash", "schemaVersion"] as const;
  return fields.find((field) => a[field] !== b[field]);
};

/** Lets a payload in when its evidence speaks of it and holds all eight checks. */
export const promoteIngress = <T>(
  decoded: DecodedIngress<T>,
  evidence: IngressEvidence,
):
  | { readonly ok: true; readonly ingress: VerifiedIngress<T> }
  | { readonly ok: false; readonly error: IngressError } => {
  const field = differs(decoded.metadata, evidence.metadata);
  if (field !== undefined) return { ok: false, error: { code: "PAR7652", kind: "metadata-mismatch", field } };
  const check = ingressChecks.find((one) => !evidence.passed.has(one));
  if (check !== undefined) return { ok: false, error: { code: "PAR7650", kind: "missing-check", check } };
  const { metadata, payload } = decoded;
  return { ok: true, ingress: { [verified]: true, kind: "verified", metadata, payload } };
};
