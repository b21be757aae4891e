import type { Hash } from "../hash.ts";
import type { Actor } from "./actor.ts";

/** What a ceremony is for (spec/aura-runtime.md §15.1). */
export type CeremonyKind =
  | "GuardianRotation"
  | "DeviceRotation"
  | "DeviceEnrollment"
  | "DeviceRemoval"
  | "Recovery"
  | "OtaActivation"
  | "Invitation"
  | "RendezvousSecureChannel";

/** Who takes part in a ceremony. */
export type Participant =
  | { readonly kind: "device"; readonly device: string }
  | { readonly kind: "guardian"; readonly authority: string }
  | { readonly kind: "member"; readonly group: string; readonly authority: string };

/** Where an answer verifiably came from. */
export type AnswerSource =
  | { readonly kind: "device"; readonly device: string }
  | { readonly kind: "authority"; readonly authority: string };

/** Why one ceremony took another's place. */
export type SupersessionReason =
  | { readonly code: "prestate_stale" | "newer_request" | "explicit_cancel" | "timeout" }
  | { readonly code: "precedence"; readonly winner: string };

/** The runtime that makes and uses the shared key of a ceremony. */
export interface CeremonyRuntime {
  /** Name of the runtime profile. */
  readonly profile: string;
  /** What of a full runtime it lacked when the ceremony began, in code point order; absent = nothing. */
  readonly lacks?: readonly string[];
}

/** What is asked when a ceremony begins; deadline and agreement follow from its kind. */
export interface CeremonyRequest {
  readonly id: string;
  readonly kind: CeremonyKind;
  readonly context: string;
  readonly initiator: string;
  readonly threshold: number;
  readonly participants: readonly Participant[];
  readonly prestate: Hash;
  readonly operation: Hash;
  /** The epoch that counts once it commits; inert until then. */
  readonly pendingEpoch: number;
  readonly trace?: string;
  readonly title?: string;
  /** 64 hex digits: with prestate and operation it makes the id. */
  readonly nonce?: string;
  /** Absent = the full runtime. */
  readonly runtime?: CeremonyRuntime;
}

/** The public side of a signer's nonces: said before anything is signed, used once. Points are hex. */
export interface NonceCommitment {
  readonly signer: string;
  readonly hiding: string;
  readonly binding: string;
}

/** One signer's part of a signature. */
export interface SignatureShare {
  readonly signer: string;
  /** Hex. */
  readonly share: string;
}

/** A signature by enough of a group, with what shows who took part. */
export interface ThresholdSignature {
  /** 128 hex digits; verifies as Ed25519 under the group's public key. */
  readonly signature: string;
  readonly commitments: readonly NonceCommitment[];
  readonly shares: readonly SignatureShare[];
}

/** The public side of a shared key: what everybody may know of it. Points are hex. */
export interface GroupKey {
  readonly threshold: number;
  /** Sorted. */
  readonly participants: readonly string[];
  /** Verifies signatures as any Ed25519 key does. */
  readonly publicKey: string;
  /** Commitments to the polynomial; the first is the public key. */
  readonly commitments: readonly string[];
  /** What one participant's shares are checked against. */
  readonly verifyingShares: { readonly [participant: string]: string };
}

/** The one decision of an agreement, signed by those who made it (spec/aura-state.md §17.3). */
export interface CommitFact {
  readonly consensus_id: Hash;
  readonly prestate_hash: Hash;
  readonly operation_hash: Hash;
  readonly threshold_signature: ThresholdSignature;
  readonly group_public_key: string | null;
  readonly participants: readonly string[];
  readonly threshold: number;
  readonly timestamp_ms: number;
  readonly fast_path: boolean;
}

/** What a participant's node said before the ceremony began (spec/aura-runtime.md §15.4). */
export interface CeremonyHandshake {
  readonly participant: string;
  readonly version: string;
  readonly capabilities: readonly string[];
  readonly nonce: string;
}

/** What can be asked of ceremonies; entries of the workspace stream. */
export type CeremonyInput =
  | {
      readonly kind: "ceremony.started";
      readonly request: CeremonyRequest;
      /** What the operation is, for people and for whoever checks its hash. */
      readonly operation: { readonly [field: string]: unknown };
      readonly handshakes: readonly CeremonyHandshake[];
      /** The key that the participants share once it commits. */
      readonly group?: GroupKey;
    }
  /** The key of those who take part, where it was not made before it began; inert until it commits. */
  | { readonly kind: "ceremony.prepared"; readonly ceremony: string; readonly group: GroupKey }
  | {
      readonly kind: "ceremony.answered";
      readonly ceremony: string;
      readonly participant: Participant;
      readonly accept: boolean;
      readonly reason?: string;
      readonly source: AnswerSource;
      readonly commitment?: NonceCommitment;
    }
  | {
      readonly kind: "ceremony.committed";
      readonly ceremony: string;
      readonly prestate: Hash;
      readonly relationship: string;
      readonly commit: CommitFact;
    }
  | {
      readonly kind: "ceremony.aborted";
      readonly ceremony: string;
      readonly reason: string;
      /** Who gave it up; absent in logs that did not say. */
      readonly by?: Actor;
    }
  | {
      readonly kind: "ceremony.superseded";
      readonly ceremony: string;
      readonly by: string;
      readonly reason: SupersessionReason;
    }
  /** Ends what is overdue at the time of the entry. */
  | { readonly kind: "ceremony.swept" }
  /** A session that runs for a ceremony; of several it joined, the last is the one it runs for. */
  | { readonly kind: "ceremony.joined"; readonly ceremony: string; readonly session: string };
