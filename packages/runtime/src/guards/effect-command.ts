import type { Leakage } from "@parley/wire";

/** What the guards of one send ask the host to do, after all of them allowed (spec/aura-state.md §12.1). */
export type EffectCommand =
  | {
      readonly kind: "chargeBudget";
      readonly context: string;
      readonly authority: string;
      readonly device?: string;
      readonly peer: string;
      readonly amount: number;
    }
  | {
      readonly kind: "appendJournal";
      readonly context: string;
      readonly authority: string;
      readonly fact: string;
      /** Session time, ms. */
      readonly at: number;
    }
  | { readonly kind: "recordLeakage"; readonly context: string; readonly leakage: Leakage }
  | { readonly kind: "storeMetadata"; readonly key: string; readonly value: string }
  | { readonly kind: "sendEnvelope"; readonly to: string; readonly envelope: Uint8Array }
  | { readonly kind: "generateNonce"; readonly bytes: number };

/** What one command came to. */
export type EffectResult =
  | { readonly kind: "success" }
  | { readonly kind: "failure"; readonly message: string }
  /** The receipt id of a charge. */
  | { readonly kind: "receipt"; readonly id: string }
  | { readonly kind: "nonce"; readonly bytes: Uint8Array }
  | { readonly kind: "remaining"; readonly amount: number };
