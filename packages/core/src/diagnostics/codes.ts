import { type CodeEntry, error, info, warning } from "./code-entry.ts";
import { annotationCodes } from "./codes-of/annotations.ts";
import { declarationCodes } from "./codes-of/declarations.ts";
import { hintCodes } from "./codes-of/hints.ts";
import { importCodes } from "./codes-of/imports.ts";
import { statementCodes } from "./codes-of/statements.ts";

export type { CodeEntry } from "./code-entry.ts";

/**
 * Every finding the language front end can report. Ranges: 10xx text and
 * tokens, 11xx layout, 12xx grammar, 13xx legacy and removed syntax, 14xx
 * values and limits, 20xx names, 30xx structure,
 * 31xx recursion and flow, 32xx bundles, 40xx annotations. Ids are stable;
 * the page of one is `docs/codes.md#par1001`.
 */
export const codes = {
  textTooLong: error("PAR1001", "Text too long", "the text has {count} characters; at most {limit} are read"),
  unclosedComment: error("PAR1002", "Unclosed block comment", "this block comment is never closed with `-}`"),
  nestedComment: error(
    "PAR1003",
    "Nested block comment",
    "block comments do not nest: the first `-}` ends the comment",
  ),
  unclosedString: error("PAR1004", "Unclosed string", "this string is not closed on its line"),
  tooManyErrors: info("PAR1005", "Too many findings", "{count} further findings are not shown"),

  tabs: error(
    "PAR1101",
    "Tab in indentation",
    "tabs are not allowed for indentation ({count} in this text); use spaces",
  ),
  inconsistentIndent: error(
    "PAR1102",
    "Inconsistent indentation",
    "inconsistent indentation: column {column} matches no enclosing block",
  ),
  unmatchedClose: error("PAR1103", "Unmatched closing delimiter", "unmatched closing delimiter `{found}`"),
  unclosedOpen: error("PAR1104", "Unclosed delimiter", "`{found}` is never closed"),
  indentedUnderStatement: error(
    "PAR1105",
    "Line indented under a statement",
    "this line is indented under {what}, which has no body; align it with the statement above",
  ),
  unexpectedIndent: error(
    "PAR1106",
    "Unexpected indentation",
    "unexpected indentation: nothing here takes an indented block",
  ),
  rolesOverLines: error("PAR1107", "Roles over several lines", "the roles list must stay on one line"),
  equalsNextLine: error("PAR1108", "`=` on the next line", "a protocol must keep `=` on the same line"),
  nestedTooDeep: error("PAR1109", "Nested too deeply", "blocks are nested more than {limit} deep"),

  expected: error("PAR1201", "Unexpected text", "expected {expected}, found {found}"),
  expectedProtocol: error("PAR1202", "No protocol", "expected a protocol: `protocol Name =` and its body"),
  expectedStatement: error("PAR1203", "Not a statement", "expected a statement, found {found}"),
  expectedArrow: error("PAR1204", "Not an arrow", "expected `->` or `->*` after the sender, found {found}"),
  expectedArm: error("PAR1205", "No arms", "{what} needs arms on indented lines, each starting with `|`"),
  expectedBody: error("PAR1206", "No body", "{what} needs a body on indented lines"),
  badName: error(
    "PAR1207",
    "Not a name",
    "`{found}` is not a name: names start with a letter and hold letters, digits and `_`",
  ),
  dottedModule: error("PAR1208", "Dotted module name", "a module name is one word, without dots"),
  annotationEquals: error("PAR1209", "`=` in a sender record", "a sender record uses `key : value`"),
  annotationPlace: error(
    "PAR1210",
    "Record in the wrong place",
    "only the sender of a message takes a record: write `{role} { … } -> …`",
  ),
  guardParens: error("PAR1211", "Parentheses in a guard", "parentheses cannot nest inside `when ( … )`"),
  whereIndented: error(
    "PAR1212",
    "Indented `where`",
    "`where` and its protocols must start at the margin of `protocol`",
  ),
  clauseOrder: error(
    "PAR1213",
    "Head clauses out of order",
    "`{found}` comes too late: the order is requires, uses, under",
  ),
  secondProtocol: error(
    "PAR1214",
    "Second protocol",
    "a file holds one protocol; make it a local one under `where`",
  ),
  declarationAfter: error(
    "PAR1215",
    "Declaration after the protocol",
    "declarations come before the protocol; only `where` may follow it",
  ),
  secondRoles: error("PAR1216", "Second roles line", "the roles are already declared"),
  rolesHere: error("PAR1217", "Roles not allowed here", "roles declaration is not allowed here"),
  localRoles: error(
    "PAR1218",
    "Local protocol with roles",
    "local protocols cannot declare roles: they share those of their protocol",
  ),
  moduleTwice: error("PAR1219", "Second module line", "the module line must come first and only once"),

  legacyBrace: error(
    "PAR1301",
    "Legacy brace block",
    "legacy brace-based {what} are removed; use indentation",
  ),
  removedConstruct: error(
    "PAR1302",
    "Removed construct",
    "legacy DSL construct `{what}` was removed from the language",
  ),

  guardNotBoolean: error("PAR1401", "Guard is not boolean", "invalid guard expression: {reason}"),
  conditionNotBoolean: error("PAR1402", "Loop condition is not boolean", "invalid loop condition: {reason}"),
  countOverflow: error("PAR1403", "Family too large", "role count {count} exceeds maximum allowed {limit}"),
  indexOverflow: error("PAR1404", "Index too large", "role index {count} exceeds maximum allowed {limit}"),
  emptyRange: error("PAR1405", "Empty range", "invalid range: start {start} >= end {end}"),
  rangeOverflow: error("PAR1406", "Range too large", "range size {count} exceeds maximum allowed {limit}"),
  repeatOverflow: error("PAR1407", "Too many rounds", "a loop repeats at most {limit} times, not {count}"),

  undefinedRole: error("PAR2001", "Undefined role", "undefined role '{role}'"),
  duplicateRole: error("PAR2002", "Duplicate role", "duplicate role declaration '{role}'"),
  unusedRole: error("PAR2003", "Unused role", "role {role} is not used in protocol {protocol}"),
  undefinedLocal: error("PAR2004", "Undefined local protocol", "undefined protocol '{name}'"),
  undefinedLocalUncalled: warning(
    "PAR2005",
    "Undefined local protocol in unused code",
    "undefined protocol '{name}', in a local protocol that is never called",
  ),
  duplicateLocal: error("PAR2006", "Duplicate local protocol", "duplicate protocol definition '{name}'"),
  recursiveLocal: error("PAR2007", "Recursive local protocol", "local protocol calls itself: {cycle}"),
  unusedLocal: warning("PAR2008", "Unused local protocol", "local protocol {name} is never called"),
  notAFamily: error("PAR2009", "Not a family", "{role} is one role, not a family: it has no member {index}"),
  indexOutOfRange: error("PAR2010", "Index out of range", "index {index} of {role} is outside 0..{last}"),
  noRoles: error(
    "PAR2011",
    "No roles",
    "empty choreography: the protocol declares no roles and sends nothing",
  ),
  emptyProtocol: error("PAR2012", "Empty protocol", "the protocol {protocol} has no statements"),

  selfSend: error("PAR3001", "Message to oneself", "{role} cannot send `{message}` to itself"),
  duplicateLabel: error(
    "PAR3002",
    "Duplicate label",
    "duplicate label `{label}` in the choice of {role}; give each arm a label of its own",
  ),
  armSender: error(
    "PAR3003",
    "Arm of another sender",
    "choice role {role} must be sender in all branches: the arm `{label}` starts with {what}",
  ),
  emptyArm: error(
    "PAR3004",
    "Empty arm",
    "the arm `{label}` is empty; it must start with a message of {role}",
  ),
  familyDecides: error(
    "PAR3005",
    "Family decides",
    "the family {role} cannot decide; name one member, such as {role}[0]",
  ),
  oneArmPar: error("PAR3006", "One-armed par", "`par` requires at least two `|` branches"),
  broadcastToNobody: error(
    "PAR3007",
    "Broadcast to nobody",
    "{role} is the only role, so this broadcast reaches nobody",
  ),
  unequalFamilies: error(
    "PAR3008",
    "Families of unequal size",
    "{from} has {fromCount} members and {to} has {toCount}: members are paired one to one",
  ),

  unboundContinue: error("PAR3101", "Unbound continue", "`continue {label}` has no enclosing `rec {label}`"),
  unguardedRecursion: error(
    "PAR3102",
    "Unguarded recursion",
    "`{label}` comes round again without a message in between",
  ),
  unreachable: error(
    "PAR3103",
    "Unreachable statement",
    "this statement is never reached: {why}; move it before that, or leave it out",
  ),
  continueLeavesPar: error(
    "PAR3104",
    "Continue out of par",
    "`continue {label}` would leave an arm of `par`; the arms must join first",
  ),
  silentLoop: error("PAR3105", "Silent loop", "the loop can go round without a message"),

  duplicateBundle: error("PAR3201", "Duplicate proof bundle", "duplicate proof bundle declaration: {name}"),
  missingBundle: error("PAR3202", "Missing proof bundle", "required proof bundle is not declared: {name}"),

  ...declarationCodes,
  ...statementCodes,
  ...importCodes,
  ...annotationCodes,
  ...hintCodes,
} as const satisfies Record<string, CodeEntry>;

/** The name of a row, for use in code: `report(sink, "tabs", …)`. */
export type CodeName = keyof typeof codes;
