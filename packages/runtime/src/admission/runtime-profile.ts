import { byCodePoint } from "./by-code-point.ts";
import {
  type CapabilityInventory,
  fullContracts,
  inventoryFromPairs,
  inventoryKeys,
  inventoryOf,
  noContracts,
} from "./capability-inventory.ts";
import { protocolSurface } from "./protocol-surface.ts";

/** A runtime that sessions may be opened on: the contracts it starts from, and keys set by hand. */
export interface RuntimeProfile {
  readonly name: string;
  readonly base: "full" | "none";
  /** Keys that differ from the base. */
  readonly keys: { readonly [key: string]: boolean };
}

/** The profile of an opening that names none. */
export const DEFAULT_PROFILE = "full";

/** Profiles every workspace has; they cannot be changed. */
export const shippedProfiles: readonly RuntimeProfile[] = [
  { name: DEFAULT_PROFILE, base: "full", keys: {} },
  { name: "no-reconfiguration", base: "full", keys: { reconfiguration: false } },
  { name: "none", base: "none", keys: {} },
];

/** Keys a profile may set: every key of the inventory but the surfaces, which follow from them. */
export const profileKeys: readonly string[] = inventoryKeys.filter(
  (key) => protocolSurface(key) === undefined,
);

/** Keys that no profile can set: unknown ones, and surfaces. */
export const strangeKeys = (keys: RuntimeProfile["keys"]): readonly string[] =>
  Object.keys(keys)
    .filter((key) => !profileKeys.includes(key))
    .sort(byCodePoint);

/** What a profile's runtime can do. Surfaces follow the key `reconfiguration`. */
export const inventoryOfProfile = ({ base, keys }: RuntimeProfile): CapabilityInventory => {
  const from = inventoryOf(base === "full" ? fullContracts : noContracts);
  return inventoryFromPairs([...from, ...Object.entries(keys)]);
};
