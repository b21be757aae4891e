import { type CodeName, codes } from "./codes.ts";
import type { Diagnostic } from "./diagnostic.ts";

/** How telltale 22 calls the same finding, for comparison with goldens. */
export interface ReferenceError {
  readonly stage: "parse" | "validation";
  readonly kind: string;
  /** Words the reference's message is known to hold; compared without regard to case. */
  readonly phrase?: string;
  readonly role?: string;
}

interface Row {
  readonly stage: "parse" | "validation";
  /** The pass of the reference that finds it; an earlier pass hides a later one. */
  readonly pass: number;
  readonly kind: string;
  readonly phrase?: string;
}

const parse = (pass: number, kind: string, phrase?: string): Row => ({
  stage: "parse",
  pass,
  kind,
  ...(phrase === undefined ? {} : { phrase }),
});
const pest = parse(4, "Pest");
const validation = (pass: number, kind: string, phrase: string): Row => ({
  stage: "validation",
  pass,
  kind,
  phrase,
});

/** Passes: 1 legacy braces, 2 removed words, 3 layout, 4 grammar, 5 names, 7 calls, 8 emptiness; then validation. */
const rows: Partial<Record<CodeName, Row>> = {
  legacyBrace: parse(1, "Syntax", "legacy brace-based {what} are removed"),
  removedConstruct: parse(2, "Syntax", "legacy DSL construct `{what}` was removed"),
  nestedComment: parse(3, "Layout"),
  tabs: parse(3, "Layout", "tabs are not allowed for indentation"),
  inconsistentIndent: parse(3, "Layout", "inconsistent indentation"),
  unmatchedClose: parse(3, "Layout", "unmatched closing delimiter"),
  unclosedOpen: pest,
  unclosedString: pest,
  unexpectedIndent: pest,
  rolesOverLines: pest,
  equalsNextLine: pest,
  expected: pest,
  expectedProtocol: pest,
  expectedStatement: pest,
  expectedArrow: pest,
  expectedArm: pest,
  expectedBody: pest,
  badName: pest,
  dottedModule: pest,
  annotationEquals: pest,
  annotationPlace: pest,
  guardParens: pest,
  whereIndented: pest,
  clauseOrder: pest,
  secondProtocol: pest,
  declarationAfter: pest,
  secondRoles: pest,
  moduleTwice: pest,
  importLate: pest,
  headOverLines: pest,
  metadataBraces: pest,
  recordNeedsAlias: pest,
  missingAgreementField: parse(5, "Syntax", "is missing {field}"),
  missingEffectMetadata: parse(5, "Syntax", "missing `{key}` metadata"),
  guestEntryMissing: parse(5, "Syntax", "missing entry"),
  composeUnknown: parse(5, "Syntax", "unsupported operation compose policy `{policy}`"),
  composeArgument: parse(5, "Syntax", "does not take a threshold argument"),
  composeCount: parse(5, "Syntax", "requires an explicit success count"),
  composeZero: parse(5, "Syntax", "requires a positive success count"),
  rolesHere: parse(5, "Syntax", "roles declaration is not allowed here"),
  localRoles: parse(5, "Syntax", "local protocols cannot declare roles"),
  guardNotBoolean: parse(5, "Syntax", "invalid guard expression"),
  conditionNotBoolean: parse(5, "InvalidCondition", "invalid loop condition"),
  countOverflow: parse(5, "Syntax", "role count"),
  indexOverflow: parse(5, "Syntax", "role index"),
  emptyRange: parse(5, "Syntax", "invalid range"),
  rangeOverflow: parse(5, "Syntax", "range size"),
  oneArmPar: parse(5, "Syntax", "requires at least two `|` branches"),
  undefinedRole: parse(5, "UndefinedRole", "undefined role '{role}'"),
  duplicateRole: parse(5, "DuplicateRole", "duplicate role declaration '{role}'"),
  duplicateLocal: parse(5, "DuplicateProtocol", "duplicate protocol definition '{name}'"),
  durationOverflow: parse(5, "Syntax", "invalid duration value"),
  missingTimeoutHandler: pest,
  strayHandler: pest,
  letNeedsCheck: parse(5, "Syntax", "must bind a `check` expression"),
  letNeedsObserve: parse(5, "Syntax", "must bind an `observe` expression"),
  linearRebound: parse(6, "Syntax", "linear asset '{name}' bound more than once"),
  linearUnused: parse(6, "Syntax", "linear binding '{name}' is never consumed"),
  linearTwice: parse(6, "Syntax", "linear binding '{name}' is consumed more than once"),
  linearDiverges: parse(6, "Syntax", "linear binding '{name}' diverges across choice branches"),
  linearLoop: parse(6, "Syntax", "loop body must preserve linear assets"),
  linearRec: parse(6, "Syntax", "recursive body must preserve linear assets"),
  linearPar: parse(6, "Syntax", "parallel branches must preserve linear assets"),
  linearTimeout: parse(6, "Syntax", "timeout branches must preserve linear assets"),
  linearCancel: parse(6, "Syntax", "cancel branches must preserve linear assets"),
  linearLetIn: parse(6, "Syntax", "let ... in body must preserve linear assets"),
  nonExhaustive: parse(6, "Syntax", "non-exhaustive {type} match"),
  undefinedLocal: parse(7, "UndefinedProtocol", "undefined protocol '{name}'"),
  noRoles: parse(8, "EmptyChoreography", "empty choreography"),
  unusedRole: validation(10, "UnusedRole", "role {role} is not used in protocol"),
  broadcastToNobody: validation(10, "UnusedRole", ""),
  notAFamily: validation(11, "UndefinedRole", ""),
  armSender: validation(11, "InvalidChoice", "choice role {role} must be sender in all branches"),
  emptyArm: validation(11, "InvalidChoice", ""),
  duplicateBundle: validation(12, "DuplicateProofBundle", "duplicate proof bundle declaration: {name}"),
  missingBundle: validation(13, "MissingProofBundle", "required proof bundle is not declared: {name}"),
  effectNotUsed: validation(16, "ExtensionError", "not allowed without `uses {effect}`"),
  effectUnknownOperation: validation(16, "ExtensionError", "undeclared operation"),
  checkObservational: validation(16, "ExtensionError", "observational and may not be invoked with `check`"),
  observeNotObservational: validation(16, "ExtensionError", "is not observational"),
  needsAuthoritativeLet: validation(16, "ExtensionError", "must bind through `authoritative let`"),
  needsObserveLet: validation(16, "ExtensionError", "must bind through `observe let`"),
  onlyAuthoritative: validation(16, "ExtensionError", "may only bind authoritative effect invocations"),
  guardObservational: validation(16, "ExtensionError", "effect guard"),
  badEffectValue: validation(14, "ExtensionError", "has unsupported `{key} {value}`"),
  effectClass: validation(14, "ExtensionError", "must declare `class : {nature}`"),
  authoritativeImmediate: validation(14, "ExtensionError", "both `authoritative` and `progress immediate`"),
  observeRequired: validation(
    14,
    "ExtensionError",
    "may not require agreement use on an observational surface",
  ),
  duplicateEffect: validation(14, "ExtensionError", "duplicate effect interface declaration `{name}`"),
  duplicateEffectOperation: validation(14, "ExtensionError", "duplicate effect operation `{operation}`"),
  undeclaredEffect: validation(15, "ExtensionError", "protocol uses undeclared effect interface `{name}`"),
  duplicateProfile: validation(17, "ExtensionError", "duplicate execution profile declaration `{name}`"),
  undeclaredProfile: validation(18, "ExtensionError", "undeclared execution profile `{name}`"),
  operationNoProgress: validation(19, "ExtensionError", "must declare a progress contract"),
  operationBareProgress: validation(19, "ExtensionError", "must declare explicit progress metadata"),
  operationNoAgreement: validation(19, "ExtensionError", "must attach a named agreement profile"),
  operationUnknownAgreement: validation(
    19,
    "ExtensionError",
    "references undeclared agreement profile `{name}`",
  ),
};

const byId = new Map<string, Row>();
for (const [name, row] of Object.entries(rows)) byId.set(codes[name as CodeName].id, row);

function fill(text: string, args: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => args[name] ?? place);
}

/** How the reference would report this finding; `undefined` when it has no such rule or only warns. */
export function referenceError(diagnostic: Diagnostic): ReferenceError | undefined {
  const row = byId.get(diagnostic.code);
  if (row === undefined) return undefined;
  const role = diagnostic.args.role;
  const phrase = row.phrase;
  return {
    stage: row.stage,
    kind: row.kind,
    ...(phrase === undefined || phrase === "" ? {} : { phrase: fill(phrase, diagnostic.args) }),
    ...(role === undefined ? {} : { role }),
  };
}

function first(
  diagnostics: readonly Diagnostic[],
  stage: "parse" | "validation",
): { diagnostic: Diagnostic; error: ReferenceError } | undefined {
  let best: Diagnostic | undefined;
  let bestPass = Number.POSITIVE_INFINITY;
  for (const candidate of diagnostics) {
    const row = byId.get(candidate.code);
    if (row === undefined || row.stage !== stage || candidate.severity !== "error") continue;
    const earlier = best === undefined || candidate.span.start < best.span.start;
    if (row.pass < bestPass || (row.pass === bestPass && earlier)) {
      best = candidate;
      bestPass = row.pass;
    }
  }
  const error = best === undefined ? undefined : referenceError(best);
  return best === undefined || error === undefined ? undefined : { diagnostic: best, error };
}

/** The one error the reference would stop at while parsing, or `undefined` when it would parse. */
export function firstReferenceParseError(
  diagnostics: readonly Diagnostic[],
): { diagnostic: Diagnostic; error: ReferenceError } | undefined {
  return first(diagnostics, "parse");
}

/** The one error the reference's `validate` would stop at, provided it parses. */
export function firstReferenceValidationError(
  diagnostics: readonly Diagnostic[],
): { diagnostic: Diagnostic; error: ReferenceError } | undefined {
  return first(diagnostics, "validation");
}
