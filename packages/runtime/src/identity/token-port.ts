import type { PublicKey, TokenCheck, TokenScope } from "@parley/wire";
import type { KeyPort } from "./key-port.ts";

/** What a token is issued for: its authority block (spec/aura-state.md §14). */
export interface TokenGrant {
  /** The authority that issues and whose root key signs. */
  readonly issuer: string;
  /** The authority that may use it. */
  readonly holder: string;
  /** Kept in the record beside the token, never inside it: device ids do not leave their authority. */
  readonly device: string;
  /** Granted one by one; nothing is implied. */
  readonly capabilities: readonly string[];
  readonly scope: TokenScope;
}

/** A token as made: its bytes are a recorded result, verified and never remade. */
export interface IssuedToken {
  /** URL-safe base64. */
  readonly bytes: string;
  /** One per block, hex. */
  readonly revocationIds: readonly string[];
}

/** What stands in a token. */
export interface InspectedToken {
  /** The source text of each block, the authority block first. */
  readonly blocks: readonly string[];
  readonly revocationIds: readonly string[];
  /** How often it was attenuated: blocks − 1. */
  readonly depth: number;
}

/**
 * What is asked of a token: may `authority` do this now? With `context` the
 * resource is that context, with `storage` a path of the authority's storage,
 * with neither the authority itself.
 */
export interface TokenQuestion {
  /** What the policies require of the token. */
  readonly capability: string;
  /** Who acts. */
  readonly authority: string;
  readonly context?: string;
  readonly storage?: string;
  /** What checks see as `operation`; the capability unless given. */
  readonly operation?: string;
  /** The last segment of the resource; `update_params` of a context, `update_tree` of an authority unless given. */
  readonly resourceOperation?: string;
  /** Session time, ms. */
  readonly at: number;
}

/** Why a token gave no answer. None of these is a denial, and none allows. */
export type TokenError =
  | { readonly code: "malformed"; readonly detail: string }
  /** Not signed by this root, or a block was altered. */
  | { readonly code: "foreign-root"; readonly root: PublicKey }
  | {
      readonly code: "limit";
      readonly limit: "facts" | "iterations" | "bytes" | "blocks" | "capabilities";
      readonly max: number;
    }
  /** It took longer than it may; asking again may help. */
  | { readonly code: "time-out"; readonly ms: number; readonly retryable: true }
  | { readonly code: "time-required" }
  | { readonly code: "unknown-version"; readonly version: number }
  | { readonly code: "unknown-scope"; readonly scope: string }
  | { readonly code: "unknown-check"; readonly check: string }
  | { readonly code: "unknown-capability"; readonly capability: string }
  | { readonly code: "unknown-operation"; readonly operation: string }
  /** The key store has no such key. */
  | { readonly code: "unknown-key"; readonly name: string };

/** A token port's answer to a question. */
export type TokenAnswer =
  | {
      readonly kind: "allowed";
      /** The source text of the policy that allowed it. */
      readonly policy: string;
    }
  | {
      readonly kind: "refused";
      readonly why: string;
      /** The block that decided it: a failed check's, or 0 when the grant itself falls short. */
      readonly block?: number;
      /** The source text of the failed check. */
      readonly check?: string;
    }
  | { readonly kind: "failed"; readonly error: TokenError };

/** What a token port makes: a value or a typed error. */
export type TokenResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: TokenError };

/**
 * Tokens that are verified offline against a root key. Synchronous once
 * loaded; nothing here throws for bad input. What it does not know (a scope,
 * an operation, a version, bytes) it refuses.
 */
export interface TokenPort {
  /** Signs a new token with the root key of that name. */
  issue(grant: TokenGrant, rootKeyName: string, keys: KeyPort): TokenResult<IssuedToken>;
  /** Appends a block of checks; needs no key. */
  attenuate(bytes: string, root: PublicKey, checks: readonly TokenCheck[]): TokenResult<IssuedToken>;
  /** Verifies the signatures and shows what is inside. */
  inspect(bytes: string, root: PublicKey): TokenResult<InspectedToken>;
  /** Verifies the signatures and evaluates checks and policies. */
  authorize(bytes: string, root: PublicKey, question: TokenQuestion): TokenAnswer;
}
