import type { Hash } from "../hash.ts";
import type { CeremonyKind, GroupKey } from "./ceremony-input.ts";
import type { Fact } from "./fact.ts";

/** An Ed25519 public key: 64 lower-case hex digits. */
export type PublicKey = string;

/** What a token may be used for (spec/aura-state.md §14). */
export type TokenScope =
  /** Every context of its holder. */
  | { readonly kind: "contexts" }
  | { readonly kind: "context"; readonly context: string }
  | { readonly kind: "storage"; readonly path: string };

/** What an attenuation takes away: a narrower list, one context, an earlier end, read or write only below a prefix. */
export type TokenCheck =
  | { readonly kind: "capabilities"; readonly only: readonly string[] }
  | { readonly kind: "context"; readonly context: string }
  /** Session time, ms. */
  | { readonly kind: "expires"; readonly at: number }
  | { readonly kind: "operation"; readonly operation: "read" | "write"; readonly prefix: string };

/** A Biscuit as kept: its bytes are a recorded result, verified and never remade. */
export interface TokenRecord {
  readonly id: string;
  readonly issuer: string;
  readonly root: PublicKey;
  readonly holder: string;
  readonly device: string;
  readonly capabilities: readonly string[];
  readonly scope: TokenScope;
  readonly checks: readonly TokenCheck[];
  /** The token it was attenuated from. */
  readonly parent?: string;
  /** One per block, hex; revoking any revokes the token. */
  readonly revocationIds: readonly string[];
  /** URL-safe base64 of the Biscuit. */
  readonly bytes: string;
}

/** Units of leakage by observer class (spec/aura-state.md §11). */
export interface Leakage {
  readonly external: number;
  readonly neighbor: number;
  readonly inGroup: number;
}

/** What one guarded send took: the leaf of a receipt batch. */
export interface Charge {
  readonly context: string;
  /** Who is charged. */
  readonly authority: string;
  /** The replica of the budget that is charged. */
  readonly device: string;
  /** The authority that receives. */
  readonly peer: string;
  readonly epoch: number;
  readonly cost: number;
  /** What the pair has spent in this epoch after the charge. */
  readonly nonce: number;
  /** Id of the previous receipt of (context, authority, peer); zeros for the first. */
  readonly prev: Hash;
  readonly leakage: Leakage;
  readonly session: string;
  readonly edgeId: string;
  readonly label: string;
  readonly tick: number;
  /** Session time, ms. */
  readonly at: number;
}

/** Charges of one commit and signer: one Merkle root, signed once (model §5). */
export interface ReceiptBatch {
  readonly charges: readonly Charge[];
  readonly root: Hash;
  /** The signing key, and the device it signs for. */
  readonly key: PublicKey;
  readonly device: string;
  /** 128 hex digits. */
  readonly signature: string;
}

/** How one side of a handoff signed its receipts: a recorded result, verified and never remade. */
export interface HandoffSignature {
  readonly role: "from" | "to";
  readonly authority: string;
  readonly device: string;
  readonly key: PublicKey;
  /** The signer's epoch, which is signed, too. */
  readonly epoch: number;
  /** 128 hex digits. */
  readonly signature: string;
}

/** What can be asked of an authority. */
export type AuthorityInput =
  | {
      readonly kind: "authority.created";
      readonly stream: string;
      readonly name: string;
      readonly hue: number;
    }
  | { readonly kind: "device.added"; readonly device: string; readonly name: string }
  /** A public key of the authority itself (`root`: it signs tokens) or of one of its devices (signs receipts and facts). */
  | {
      readonly kind: "key.bound";
      readonly key: PublicKey;
      readonly purpose: "root" | "device";
      readonly device?: string;
      readonly epoch: number;
    }
  | { readonly kind: "key.retired"; readonly key: PublicKey; readonly reason: string }
  /** A device signs by another key from `epoch` on, which this begins; the key it had counts up to the epoch before. */
  | {
      readonly kind: "key.rotated";
      readonly device: string;
      readonly key: PublicKey;
      readonly replaces: PublicKey;
      readonly epoch: number;
      readonly reason: string;
    }
  /** Facts of the authority's own journal: its commitment tree among them. */
  | { readonly kind: "authority.facts"; readonly facts: readonly Fact[] }
  | { readonly kind: "token.issued"; readonly token: TokenRecord }
  /** The token a device presents from now on; none when null. */
  | { readonly kind: "token.presented"; readonly device: string; readonly token: string | null }
  | { readonly kind: "token.revoked"; readonly token: string; readonly reason: string }
  | {
      readonly kind: "budget.limited";
      readonly context: string;
      readonly peer: string;
      readonly limit: number;
    }
  /** Escrow: `amount` of the limit may be spent by one device even when it cannot reach the others. */
  | {
      readonly kind: "budget.allotted";
      readonly context: string;
      readonly peer: string;
      readonly device: string;
      readonly amount: number;
    }
  /** Raises the limit by `amount`; what was spent stays spent. */
  | {
      readonly kind: "budget.replenished";
      readonly context: string;
      readonly peer: string;
      readonly amount: number;
    }
  | { readonly kind: "budget.epoch"; readonly epoch: number }
  | { readonly kind: "budget.removed"; readonly context: string; readonly peer: string }
  | { readonly kind: "leakage.limited"; readonly context: string; readonly limits: Leakage }
  | { readonly kind: "leakage.reset"; readonly context: string }
  | { readonly kind: "sends.settled"; readonly batch: ReceiptBatch }
  /** It signed the receipts of a handoff as the giver or the receiver, by the key of one of its devices. */
  | ({ readonly kind: "handoff.signed"; readonly receipt: Hash } & HandoffSignature)
  /**
   * A key that the participants of a ceremony hold together, inert until it
   * commits. `shares` says who holds one; the shares are in their key stores.
   */
  | {
      readonly kind: "group.prepared";
      readonly ceremony: string;
      /** Keys of one kind of ceremony in one context follow each other by epoch. */
      readonly of: CeremonyKind;
      readonly context: string;
      readonly epoch: number;
      readonly group: GroupKey;
      /** Names what everybody said while it was made. */
      readonly transcript: Hash;
      readonly shares: readonly string[];
    }
  /** It signs from now on; the one before it is retired. */
  | { readonly kind: "group.committed"; readonly ceremony: string }
  /** It never will, and its shares are forgotten. */
  | { readonly kind: "group.rolledBack"; readonly ceremony: string };
