import type { Hash } from "../hash.ts";
import type { Fact } from "./fact.ts";

/** What can be asked of a context: the journal two or more authorities share, each with a replica of its own. */
export type ContextInput =
  | { readonly kind: "context.created"; readonly stream: string; readonly title: string }
  /** Before facts had types; reads as a generic fact `session.edge`. */
  | {
      readonly kind: "fact.recorded";
      readonly fact: string;
      readonly by: string;
      readonly session?: string;
      readonly edgeId?: string;
    }
  /** Authorities whose replica the context keeps from now on. */
  | { readonly kind: "replica.joined"; readonly authorities: readonly string[] }
  /** Facts added at one replica; every replica it can reach holds them with the same entry. */
  | { readonly kind: "facts.added"; readonly replica: string; readonly facts: readonly Fact[] }
  /** Replicas of different groups no longer reach each other; one that is in none is alone. */
  | { readonly kind: "replicas.parted"; readonly groups: readonly (readonly string[])[] }
  | { readonly kind: "replicas.healed" }
  /** One run of anti-entropy: ids that went to each side, with what it took. */
  | {
      readonly kind: "replicas.synced";
      readonly requester: string;
      readonly responder: string;
      readonly toRequester: readonly Hash[];
      readonly toResponder: readonly Hash[];
      readonly rounds: number;
      readonly bytes: number;
    }
  /**
   * Synchronising two replicas was tried: retry and breaker of the pair are
   * the fold of these. A whole number of thousandths, `random` spreads the next try.
   */
  | {
      readonly kind: "sync.tried";
      readonly requester: string;
      readonly responder: string;
      readonly outcome: "succeeded" | "unreachable";
      /** Drawn from the random port: 0 to 999. */
      readonly random: number;
      /** When it is tried again by itself, ms; worked out by the fold, kept for whoever looks without folding. */
      readonly due?: number;
    };
