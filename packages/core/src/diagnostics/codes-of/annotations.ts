import { type CodeEntry, error, info } from "../code-entry.ts";

/**
 * Sender records and what they say (40xx), theorem packs (41xx). Admission
 * refuses what is an error here, so that whatever checks opens; these rules
 * are fail-closed and no configuration lowers them.
 */
export const annotationCodes = {
  capabilityEmpty: error("PAR4001", "Empty capability", "capability cannot be empty"),
  capabilityToken: error(
    "PAR4002",
    "Invalid capability",
    "invalid capability token `{value}`: use a-z, 0-9, `_`, `-` and `:`",
  ),
  capabilityNamespace: error(
    "PAR4003",
    "Capability without namespace",
    "capability `{value}` has no namespace, such as `chat:{value}`",
  ),
  capabilityLegacy: error(
    "PAR4004",
    "Legacy capability namespace",
    "capability `{value}` uses the legacy namespace `cap:`",
  ),
  flowCost: error(
    "PAR4005",
    "Flow cost is not a number",
    "flow_cost expects an integer literal, not `{value}`",
  ),
  flowCostTwice: error("PAR4006", "Flow cost given twice", "flow_cost specified multiple times"),
  leakObservers: error("PAR4007", "Leak without observers", "leak requires observers"),
  leakUnknown: info(
    "PAR4008",
    "Unknown observer",
    "`{value}` is no observer class (External, Neighbor, InGroup) and counts as External",
  ),
  journalMerge: error(
    "PAR4009",
    "Journal merge is not boolean",
    "journal_merge expects a boolean literal, not `{value}`",
  ),
  leakageBudget: error("PAR4010", "Bad leakage budget", "leakage_budget expects integers, such as [1, 0, 0]"),
  link: error("PAR4011", "Bad link", "link {reason}"),
  unknownAnnotation: error("PAR4012", "Unknown annotation", "unknown annotation: {key}"),
  linkImport: error(
    "PAR4013",
    "Import of a link without export",
    "the bundle `{bundle}` imports `{name}`, which no link of this protocol exports",
  ),
  capabilityModule: error(
    "PAR4014",
    "Module capability",
    "capability `{value}` {reason}; only capabilities of the first party are admitted",
  ),

  packUnknown: error(
    "PAR4101",
    "Unknown theorem pack",
    "the theorem pack `{name}` has no admission policy: a session would be refused before it starts",
  ),
  packReserved: error(
    "PAR4102",
    "Reserved theorem pack",
    "`{name}` is reserved and has no admission policy yet: whatever requires it is refused",
  ),
  packDrift: error(
    "PAR4103",
    "Drifted theorem pack",
    "the declaration of `{name}` has drifted from its policy: {difference}",
  ),
} as const satisfies Record<string, CodeEntry>;
