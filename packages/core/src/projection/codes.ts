import type { CodeEntry } from "../diagnostics/codes.ts";

const error = (id: string, title: string, text: string): CodeEntry => ({
  id,
  severity: "error",
  title,
  text,
});

/**
 * Findings about the lowered protocol: 21xx binding of families and names,
 * 22xx projection. Same shape as `diagnostics/codes.ts`; the page of one is
 * `docs/codes.md#par2101`.
 */
export const projectionCodes = {
  missingBinding: error(
    "PAR2101",
    "Missing binding",
    "{name} has no number: give one when the session opens",
  ),
  sizeOutOfRange: error("PAR2102", "Size out of range", "{name} is {value}, outside {least}…{most}"),
  indexOutsideSize: error(
    "PAR2103",
    "Index outside family",
    "{role}[{index}] does not exist: {role} has {size} members, 0…{last}",
  ),
  emptyRange: error("PAR2104", "Empty range", "{role}[{start}..{end}] names nobody"),
  unequalGroups: error(
    "PAR2105",
    "Groups of unequal size",
    "{from} has {fromCount} members and {to} has {toCount}: members are paired one to one",
  ),
  familyDecides: error(
    "PAR2106",
    "Family decides",
    "the family {role} cannot decide; name one member, such as {role}[0]",
  ),
  decisionToNobody: error(
    "PAR2107",
    "Decision reaches nobody",
    "the arm {arm} begins with a send that reaches nobody",
  ),
  kernelTooLarge: error(
    "PAR2108",
    "Protocol too large",
    "the protocol has more than {limit} steps once calls and rounds are laid out",
  ),
  tooManyRoles: error(
    "PAR2109",
    "Too many roles",
    "the protocol has {count} roles once families are bound; at most {limit} are allowed",
  ),

  cannotTell: error(
    "PAR2201",
    "Role cannot tell arms apart",
    "{role} cannot tell {left} from {right}, which {decider} decides: in {left} it {leftDoes}, in {right} it {rightDoes}",
  ),
  cannotKnow: error(
    "PAR2202",
    "Role must know the decision",
    "{role} is not told whether {decider} decided {left} or {right}, but acts on it: in {left} it {leftDoes}, in {right} it {rightDoes}",
  ),
  cannotKnowRound: error(
    "PAR2203",
    "Role cannot tell whether a loop goes on",
    "{role} cannot tell {left} from {right}, which {decider} decides: in one the loop goes round without it, in the other it {leftDoes}",
  ),
  payloadDiffers: error(
    "PAR2204",
    "Payload differs between arms",
    "{role} cannot tell {left} from {right}, which {decider} decides, and {label} carries {leftType} in one and {rightType} in the other",
  ),
  sendDiffers: error(
    "PAR2205",
    "Annotations differ between arms",
    "{role} cannot tell {left} from {right}, which {decider} decides, and its send of {label} is annotated differently in each",
  ),
  parRace: error(
    "PAR2206",
    "Race between parallel arms",
    "{from} sends to {to} in arms {left} and {right} of the same `par`: {to} could not tell which arm a message belongs to",
  ),
  mergeTooDeep: error(
    "PAR2207",
    "Arms too long to compare",
    "{left} and {right} run alike for {role} for more than {limit} choices; the comparison stops there",
  ),
} as const satisfies Record<string, CodeEntry>;

/** The name of a row of the table. */
export type ProjectionCode = keyof typeof projectionCodes;
