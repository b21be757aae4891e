import { type CodeEntry, error, info, warning } from "../code-entry.ts";

/** The guides' own forms (13xx); advice on shape, legacy spellings, theorem packs and when to use a choreography (50xx). */
export const hintCodes = {
  legacyForm: error(
    "PAR1303",
    "Protocol in a macro's form",
    "this text is in the form `{form}`; protocols are written in the canonical shape, `module … exposing (…)` and `protocol … =`",
  ),

  noModule: info(
    "PAR5001",
    "No module line",
    "{protocol} is written for admission but has no `module … exposing ({protocol})` line, and so no namespace",
  ),
  exposesOther: warning(
    "PAR5002",
    "Module hides its protocol",
    "the module exposes `{exposing}` and not {protocol}, the protocol of this file",
  ),
  rolesInHeader: info(
    "PAR5003",
    "Roles in the header",
    "the canonical shape declares roles once, on a `roles` line under `protocol {protocol} =`",
  ),
  scaffolding: info(
    "PAR5004",
    "Ownership scaffolding",
    "{what} moves ownership inside the choreography; {home}",
  ),
  keyNotSanctioned: info(
    "PAR5005",
    "Key outside the canonical shape",
    "`{key}` is read but says nothing to admission; an edge carries guard_capability, flow_cost, journal_facts, leak or parallel",
  ),
  linkNotLive: warning(
    "PAR5006",
    "Link of a bundle that is not live",
    "the bundle `{bundle}` is not live, so this link moves nothing; {home}",
  ),
  journalMergeLegacy: warning(
    "PAR5007",
    "Legacy journal merge",
    "`journal_merge` is a legacy hint: journals merge when replicas meet, which the runtime does by itself",
  ),
  leakageBudgetLegacy: warning(
    "PAR5008",
    "Legacy leakage budget",
    "`leakage_budget` is checked and then dropped: budgets belong to the context, and an edge says with `leak` who may observe it",
  ),
  loreComment: info("PAR5009", "Lore in a comment", "this comment keeps {topic} lore; {home}"),
  phaseComment: info(
    "PAR5010",
    "Comment restates the phase",
    "this comment only restates the phase, which the order of the messages says",
  ),

  packMisplaced: warning(
    "PAR5011",
    "Theorem pack out of place",
    "{protocol} should not require `{name}`: {reason}",
  ),
  packKeyUnused: warning(
    "PAR5012",
    "Pack key without consumer",
    "no part of the runtime reads `{key}`, so the pack `{name}` proves nothing with it",
  ),
  packUnrequired: info(
    "PAR5013",
    "Proof bundle not required",
    "the proof bundle `{name}` is declared but not required, so it has no effect",
  ),

  oneRole: info(
    "PAR5014",
    "One role only",
    "{role} is the only role: what one party does alone is a local operation, not a choreography",
  ),
  requestResponse: info(
    "PAR5015",
    "One request, one answer",
    "one request and one answer without guard, cost or fact need no choreography; send them directly",
  ),
  allowUnknown: warning("PAR5016", "Unknown code allowed", "there is no finding {code} to allow"),
} as const satisfies Record<string, CodeEntry>;
