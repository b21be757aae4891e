import { type CodeEntry, error, warning } from "../code-entry.ts";

/** Statements of one role, linear values, cases and timeouts (35xx). */
export const statementCodes = {
  durationOverflow: error("PAR3501", "Duration too long", "invalid duration value `{value}`"),
  missingTimeoutHandler: error(
    "PAR3502",
    "Timeout without handler",
    "a `timeout` needs `on timeout =>` below its body, in the column of `timeout`, and what happens then",
  ),
  strayHandler: error(
    "PAR3503",
    "Handler without timeout",
    "`on {what} =>` follows no `timeout` of the same indentation",
  ),
  letNeedsCheck: error(
    "PAR3504",
    "Authoritative let of something else",
    "`authoritative let` must bind a `check` expression",
  ),
  letNeedsObserve: error(
    "PAR3505",
    "Observe let of something else",
    "`observe let` must bind an `observe` expression",
  ),
  continueLeavesTimeout: error(
    "PAR3506",
    "Continue out of a timeout",
    "`continue {label}` would leave the body of a `timeout`; only its handlers may go back",
  ),

  linearUnused: error("PAR3510", "Receipt never used", "linear binding '{name}' is never consumed"),
  linearTwice: error("PAR3511", "Receipt used twice", "linear binding '{name}' is consumed more than once"),
  linearDiverges: error(
    "PAR3512",
    "Receipt used in some arms",
    "linear binding '{name}' diverges across choice branches: {used} uses it, {unused} does not",
  ),
  linearLoop: error(
    "PAR3513",
    "Receipt used in a loop",
    "loop body must preserve linear assets across iterations, but uses '{name}'",
  ),
  linearRec: error(
    "PAR3514",
    "Receipt used in a recursion",
    "recursive body must preserve linear assets across unfoldings, but uses '{name}'",
  ),
  linearPar: error(
    "PAR3515",
    "Receipt used in an arm of par",
    "parallel branches must preserve linear assets, but this one uses '{name}'",
  ),
  linearTimeout: error(
    "PAR3516",
    "Receipt differs after a timeout",
    "timeout branches must preserve linear assets: '{name}' is used in the body or in `on timeout`, not in both",
  ),
  linearCancel: error(
    "PAR3517",
    "Receipt differs after a cancel",
    "cancel branches must preserve linear assets: '{name}' is used in the body or in `on cancel`, not in both",
  ),
  linearLetIn: error(
    "PAR3518",
    "Receipt used in a let body",
    "let ... in body must preserve linear assets, but uses '{name}'",
  ),
  linearRebound: error("PAR3519", "Receipt bound again", "linear asset '{name}' bound more than once"),

  nonExhaustive: error(
    "PAR3520",
    "Case with missing arms",
    "non-exhaustive {type} match in authority case/of: no arm for {missing}",
  ),
  binderCount: error(
    "PAR3521",
    "Wrong number of binders",
    "`{constructor}` holds {wanted}, but the pattern binds {found}",
  ),
  duplicateCaseArm: warning(
    "PAR3522",
    "Arm given twice",
    "the arm `{constructor}` is never taken: an arm of the same constructor comes before it",
  ),
  foreignConstructor: warning(
    "PAR3523",
    "Constructor of another type",
    "`{constructor}` is no constructor of {type}, to which the other arms belong",
  ),

  effectNotUsed: error(
    "PAR3530",
    "Effect without uses",
    "effect invocation `{call}` is not allowed without `uses {effect}`",
  ),
  effectUnknownOperation: error(
    "PAR3531",
    "Undeclared effect operation",
    "`{call}` invokes an undeclared operation of the effect {effect}",
  ),
  checkObservational: error(
    "PAR3532",
    "Check of an observation",
    "`{call}` is observational and may not be invoked with `check`",
  ),
  observeNotObservational: error(
    "PAR3533",
    "Observe of something else",
    "`{call}` is not observational and may not be invoked with `observe`",
  ),
  needsAuthoritativeLet: error(
    "PAR3534",
    "Plain let of an authoritative check",
    "authoritative effect invocation `{call}` must bind through `authoritative let`",
  ),
  needsObserveLet: error(
    "PAR3535",
    "Plain let of an observation",
    "observational effect invocation `{call}` must bind through `observe let`",
  ),
  onlyAuthoritative: error(
    "PAR3536",
    "Authoritative let of a command",
    "`authoritative let` may only bind authoritative effect invocations, and `{call}` is a command",
  ),
  guardObservational: error(
    "PAR3537",
    "Guard with an observation",
    "effect guard `{call}` is observational: a guard needs evidence that binds",
  ),

  undeclaredOperation: warning(
    "PAR3540",
    "Undeclared operation",
    "no operation {name} is declared in this file",
  ),
  neverBegun: warning("PAR3541", "Operation never begun", "the operation {name} is never begun"),
  neverPublished: warning("PAR3542", "Publication never published", "nothing is published as {name}"),
  parBindsTwice: error(
    "PAR3543",
    "Name bound in two arms of par",
    "'{name}' is bound in two arms of this `par`; names bound in arms must be disjoint",
  ),
} as const satisfies Record<string, CodeEntry>;
