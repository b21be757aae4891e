import type { Name } from "../constructs/name.ts";
import type { Span } from "../text/span.ts";

/** Where a role lives: in this process, with another role, or at an address. */
export type TopologyLocation =
  | { readonly kind: "local"; readonly span: Span }
  | { readonly kind: "colocated"; readonly with: Name; readonly span: Span }
  | { readonly kind: "address"; readonly host: string; readonly port: string; readonly span: Span };

/** One line of `role_constraints`: how many members a role may have. */
export interface RoleCount {
  readonly role: Name;
  /** 0 when not given. */
  readonly min: number;
  readonly max?: number;
  readonly span: Span;
}

/** One line of `channel_capacities`: how many bits may be under way. */
export interface ChannelCapacity {
  readonly from: Name;
  readonly to: Name;
  readonly bits: number;
  readonly span: Span;
}

/** One line of `constraints`. */
export type PlaceConstraint =
  | { readonly kind: "colocated"; readonly roles: readonly Name[]; readonly span: Span }
  | { readonly kind: "separated"; readonly roles: readonly Name[]; readonly span: Span }
  | {
      readonly kind: "pinned";
      readonly role: Name;
      readonly location: TopologyLocation;
      readonly span: Span;
    }
  | { readonly kind: "region"; readonly role: Name; readonly region: Name; readonly span: Span };

/**
 * A topology file (language chapter §20): where the roles of one protocol run.
 *
 * ```
 * topology Harbour for Voyage {
 *   mode: local;
 *   Captain: ship.example:7000;
 *   Mate: colocated(Captain);
 *   channel_capacities { Captain -> Mate: 4096; }
 * }
 * ```
 */
export interface TopologyFile {
  readonly kind: "topologyFile";
  readonly name: Name;
  readonly protocol: Name;
  readonly mode?: Name;
  readonly places: readonly {
    readonly role: Name;
    readonly location: TopologyLocation;
    readonly span: Span;
  }[];
  readonly counts: readonly RoleCount[];
  readonly capacities: readonly ChannelCapacity[];
  readonly constraints: readonly PlaceConstraint[];
  readonly span: Span;
}
