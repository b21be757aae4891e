import { type CodeEntry, info, warning } from "../code-entry.ts";

/** Sender records and what they say (40xx). */
export const annotationCodes = {
  capabilityEmpty: warning("PAR4001", "Empty capability", "capability cannot be empty"),
  capabilityToken: warning(
    "PAR4002",
    "Invalid capability",
    "invalid capability token `{value}`: use a-z, 0-9, `_`, `-` and `:`",
  ),
  capabilityNamespace: warning(
    "PAR4003",
    "Capability without namespace",
    "capability `{value}` has no namespace, such as `chat:{value}`",
  ),
  capabilityLegacy: warning(
    "PAR4004",
    "Legacy capability namespace",
    "capability `{value}` uses the legacy namespace `cap:`",
  ),
  flowCost: warning(
    "PAR4005",
    "Flow cost is not a number",
    "flow_cost expects an integer literal, not `{value}`",
  ),
  flowCostTwice: warning("PAR4006", "Flow cost given twice", "flow_cost specified multiple times"),
  leakObservers: warning("PAR4007", "Leak without observers", "leak requires observers"),
  leakUnknown: info(
    "PAR4008",
    "Unknown observer",
    "`{value}` is no observer class (External, Neighbor, InGroup) and counts as External",
  ),
  journalMerge: warning(
    "PAR4009",
    "Journal merge is not boolean",
    "journal_merge expects a boolean literal, not `{value}`",
  ),
  leakageBudget: warning(
    "PAR4010",
    "Bad leakage budget",
    "leakage_budget expects integers, such as [1, 0, 0]",
  ),
  link: warning("PAR4011", "Bad link", "link {reason}"),
  unknownAnnotation: info("PAR4012", "Unknown annotation", "unknown annotation: {key}"),
} as const satisfies Record<string, CodeEntry>;
