import type { LinkedManifest } from "@parley/wire";
import {
  type CapabilityInventory,
  fullContracts,
  inventoryOf,
} from "../../admission/capability-inventory.ts";
import { manifestOf } from "../../admission/manifest.ts";
import type { HostCore } from "../core.ts";
import type { SessionRecord } from "../streams/workspace-state.ts";
import { textOf } from "../views/read-view.ts";

/** What every session of this host may do unless its runtime profile takes something away. */
export const hostInventory: CapabilityInventory = inventoryOf(fullContracts);

/** What the runtime can do that a session was admitted on, or a ceremony began on. */
export const inventoryOfSession = ({
  runtime,
}: {
  readonly runtime?: { readonly lacks?: readonly string[] } | undefined;
}): CapabilityInventory => {
  const lacks = new Set(runtime?.lacks ?? []);
  return new Map([...hostInventory].map(([key, has]) => [key, has && !lacks.has(key)]));
};

/** The parts of a session's manifest that say where it may be cut: of its text as it was pinned. */
export const manifestOfSession = (core: HostCore, record: SessionRecord): LinkedManifest => {
  const { source, imports } = textOf(core, record);
  const { kernel } = core.analyses.of(source, imports);
  // A text of another language version cannot be read here; its session is one piece.
  if (kernel === undefined) return { protocol_id: record.protocol, link_specs: [] };
  const { protocol_id, link_specs } = manifestOf(kernel);
  const bundles = [...new Set(link_specs.map(({ bundle_id }) => bundle_id))].sort();
  return { protocol_id, link_specs: bundles.map((bundle_id) => ({ bundle_id })) };
};
