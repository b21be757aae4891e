import { type CodeEntry, error, warning } from "../code-entry.ts";

/** Top-level declarations (33xx effects, profiles and the rest, 34xx operations). */
export const declarationCodes = {
  headOverLines: error(
    "PAR3301",
    "Head over several lines",
    "the head of {what} must stay on one line, up to its `=`",
  ),
  givenTwice: warning("PAR3302", "Given twice", "`{what}` is given twice; the last one counts"),
  duplicateDeclaration: warning("PAR3303", "Declared twice", "the {what} `{name}` is declared twice"),
  recordNeedsAlias: error(
    "PAR3304",
    "Record without alias",
    "a record type is written `type alias Name = { … }`",
  ),
  duplicateConstructor: warning(
    "PAR3305",
    "Constructor twice",
    "the type `{type}` has the constructor `{name}` twice",
  ),
  missingAgreementField: error(
    "PAR3306",
    "Agreement profile incomplete",
    "agreement_profile declaration is missing {field}{more}: `{name}` must say all five fields",
  ),
  duplicateProfile: error(
    "PAR3307",
    "Duplicate execution profile",
    "duplicate execution profile declaration `{name}`",
  ),
  undeclaredProfile: error(
    "PAR3308",
    "Undeclared execution profile",
    "protocol references undeclared execution profile `{name}`",
  ),
  emptySubset: error(
    "PAR3309",
    "Empty subset",
    "the subset {start}..{end} is empty: the end is not part of it and must be greater than the start",
  ),
  subsetOutside: error(
    "PAR3310",
    "Subset out of range",
    "the subset {start}..{end} reaches past the {count} members of `{name}`",
  ),
  unknownRoleSet: error("PAR3311", "Unknown role set", "`{name}` is not a declared role set"),
  circularRoleSet: error("PAR3312", "Circular role set", "the role set `{name}` is made of itself: {cycle}"),
  unknownMember: error(
    "PAR3313",
    "Unknown member",
    "the {what} `{of}` names `{name}`, which is neither a role nor a role set",
  ),
  guestEntryMissing: error(
    "PAR3314",
    "Guest runtime without entry",
    "guest runtime declaration is missing entry: `{name}` must say where it starts",
  ),
  guestEffect: warning(
    "PAR3315",
    "Guest runtime uses an unknown effect",
    "the guest runtime `{runtime}` uses the effect interface `{name}`, which is not declared",
  ),
  guestEntry: warning(
    "PAR3316",
    "Guest runtime enters an unknown protocol",
    "the guest runtime `{runtime}` enters `{name}`, which is neither this protocol nor one of its locals",
  ),

  missingEffectMetadata: error(
    "PAR3321",
    "Effect operation incomplete",
    "effect operation is missing `{key}` metadata{more}: `{operation}` must say all five",
  ),
  metadataBraces: error(
    "PAR3322",
    "Metadata without braces",
    "what an operation says about itself stands in braces: `{ class : … }`",
  ),
  badEffectValue: error(
    "PAR3323",
    "Unknown value of metadata",
    "effect operation `{operation}` has unsupported `{key} {value}`; it is one of {allowed}",
  ),
  effectClass: error(
    "PAR3324",
    "Class against keyword",
    "effect operation `{operation}` is {nature} and must declare `class : {nature}`",
  ),
  authoritativeImmediate: error(
    "PAR3325",
    "Authoritative and immediate",
    "effect operation `{operation}` may not be both `authoritative` and `progress immediate`",
  ),
  observeRequired: error(
    "PAR3326",
    "Observation that requires agreement",
    "effect operation `{operation}` may not require agreement use on an observational surface",
  ),
  duplicateEffect: error(
    "PAR3327",
    "Duplicate effect interface",
    "duplicate effect interface declaration `{name}`",
  ),
  duplicateEffectOperation: error(
    "PAR3328",
    "Duplicate effect operation",
    "duplicate effect operation `{operation}`",
  ),
  undeclaredEffect: error(
    "PAR3329",
    "Undeclared effect interface",
    "protocol uses undeclared effect interface `{name}`",
  ),

  operationNoProgress: error(
    "PAR3401",
    "Operation without progress",
    "operation `{operation}` is parity-critical and must declare a progress contract",
  ),
  operationBareProgress: error(
    "PAR3402",
    "Progress without detail",
    "operation `{operation}` must declare explicit progress metadata using `requires`, `within`, `on timeout`, or `on stall`",
  ),
  operationNoAgreement: error(
    "PAR3403",
    "Operation without agreement",
    "operation `{operation}` must attach a named agreement profile",
  ),
  operationUnknownAgreement: error(
    "PAR3404",
    "Unknown agreement profile",
    "operation `{operation}` references undeclared agreement profile `{name}`",
  ),
  composeUnknown: error(
    "PAR3405",
    "Unknown compose policy",
    "unsupported operation compose policy `{policy}`: it is all_success, first_success or threshold_success(n)",
  ),
  composeArgument: error(
    "PAR3406",
    "Compose policy with a number",
    "`{policy}` does not take a threshold argument",
  ),
  composeCount: error(
    "PAR3407",
    "Threshold without a number",
    "`threshold_success` requires an explicit success count",
  ),
  composeZero: error("PAR3408", "Threshold of zero", "`threshold_success` requires a positive success count"),
  operationFragment: warning(
    "PAR3409",
    "Unknown fragment",
    "operation `{operation}` works within `{name}`, a fragment that is not declared",
  ),
  fragmentArguments: warning(
    "PAR3410",
    "Arguments of a fragment",
    "the fragment `{name}` has {declared} parameters and is given {given}",
  ),
  operationProfile: warning(
    "PAR3411",
    "Unknown profile of progress",
    "operation `{operation}` requires the execution profile `{name}`, which is not declared",
  ),
} as const satisfies Record<string, CodeEntry>;
