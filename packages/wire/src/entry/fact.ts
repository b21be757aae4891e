import type { Hash } from "../hash.ts";

/**
 * One of the four time domains (spec/aura-state.md §3). Physical time never
 * orders facts; `order` does: random or content bytes, compared as bytes.
 */
export type TimeStamp =
  | {
      readonly kind: "logical";
      readonly vector: { readonly [device: string]: number };
      readonly lamport: number;
    }
  | { readonly kind: "order"; readonly bytes: Hash }
  | { readonly kind: "physical"; readonly ms: number; readonly uncertainty?: number }
  | {
      readonly kind: "range";
      readonly earliest: number;
      readonly latest: number;
      readonly confidence: "High" | "Medium" | "Low" | "Unknown";
    };

/** A typed payload with its schema version: what a reducer of that type reads. */
export interface FactEnvelope {
  readonly type: string;
  readonly version: number;
  readonly encoding: "DagCbor" | "Json";
  readonly payload: Uint8Array;
}

/** An operation on an authority's commitment tree (spec/aura-state.md §4.1, §20.4). */
export type TreeOp =
  | { readonly kind: "addLeaf"; readonly publicKey: string; readonly role: "Device" | "Guardian" }
  | { readonly kind: "removeLeaf"; readonly leaf: number }
  | { readonly kind: "updatePolicy"; readonly threshold: number }
  | { readonly kind: "rotateEpoch" };

/** What a fact says. `protocol` facts are the closed list of spec/aura-state.md §4.1, by variant name, with their fields. */
export type FactContent =
  | {
      readonly kind: "attested";
      readonly op: TreeOp;
      readonly parent: Hash;
      readonly next: Hash;
      readonly threshold: number;
      /** Hex. */
      readonly signature: string;
    }
  | {
      readonly kind: "protocol";
      readonly variant: string;
      readonly fields: { readonly [name: string]: unknown };
    }
  | { readonly kind: "generic"; readonly context: string; readonly envelope: FactEnvelope }
  | {
      readonly kind: "snapshot";
      readonly stateHash: Hash;
      readonly superseded: readonly Hash[];
      readonly sequence: number;
    }
  | {
      readonly kind: "rendezvous";
      readonly envelope: Hash;
      readonly authority: string;
      readonly time: TimeStamp;
      readonly signature: string;
    };

/**
 * A journal entry of an authority or context. Identity is (order, time,
 * content); replicas join by union. `by` is the authority that added it.
 */
export interface Fact {
  readonly order: Hash;
  readonly time: TimeStamp;
  readonly by: string;
  readonly content: FactContent;
}
