import type { AdmissionError } from "./admission-error.ts";
import { type CapabilityInventory, missingCapability } from "./capability-inventory.ts";
import { protocolSurface } from "./protocol-surface.ts";

const missing = (capability: string | undefined): AdmissionError | undefined =>
  capability === undefined ? undefined : { code: "PAR8201", variant: "MissingCapability", capability };

/** The refusal of the first key that is absent or false, in the order asked (spec/aura-runtime.md §3.3). */
export const requireCapabilities = (
  inventory: CapabilityInventory,
  keys: readonly string[],
): AdmissionError | undefined => missing(missingCapability(inventory, keys));

/** Whether a name is one of the ten surfaces, and there. */
export const surfaceAdmitted = (inventory: CapabilityInventory, name: string): boolean =>
  protocolSurface(name) !== undefined && inventory.get(name) === true;

/** As `requireCapabilities`, over surfaces only: any other key is missing whatever the inventory says. */
export const requireProtocolCriticalSurfaces = (
  inventory: CapabilityInventory,
  names: readonly string[],
): AdmissionError | undefined => missing(names.find((name) => !surfaceAdmitted(inventory, name)));
