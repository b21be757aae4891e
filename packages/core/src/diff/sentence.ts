import type { Change } from "./protocol-diff.ts";

const counted = (messages: number | undefined): string =>
  messages === undefined || messages === 0 ? "" : ` (${messages} ${messages === 1 ? "message" : "messages"})`;

const shown = (text: string | undefined): string => (text === undefined || text === "" ? "nothing" : text);

/** What a change says, in one sentence. */
export const sentenceOf = (change: Omit<Change, "sentence">): string => {
  const { kind, what, before, after, field } = change;
  switch (kind) {
    case "added":
      return `${what} is new.`;
    case "removed":
      return `${what} is gone.`;
    case "moved":
      return `${what} happens at another place.`;
    case "renamed":
      return `${what}: ${before} is now called ${after}.`;
    case "retyped":
      return `${what} carries ${shown(after)} instead of ${shown(before)}.`;
    case "redirected":
      return `${what} goes ${after} instead of ${before}.`;
    case "annotated":
      if (before === undefined) return `${what} now has ${field} ${after}.`;
      if (after === undefined) return `${what} no longer has ${field} ${before}.`;
      return `${field} of ${what} is ${after} instead of ${before}.`;
    case "deedChanged":
      return `${what}: ${before} became ${after}.`;
    case "roleAdded":
      return `${what} is a new role.`;
    case "roleRemoved":
      return `${what} is no role any more.`;
    case "roleResized":
      return `The family ${what} has ${shown(after)} members instead of ${shown(before)}.`;
    case "armAdded":
      return `${what} gains the arm ${after}${counted(change.messages)}.`;
    case "armRemoved":
      return `${what} loses the arm ${before}${counted(change.messages)}.`;
    case "armRenamed":
      return `${what}: the arm ${before} is now called ${after}.`;
    case "armGuarded":
      return `${what}: the condition is ${shown(after)} instead of ${shown(before)}.`;
    case "frameAdded":
      return `${what} is new${counted(change.messages)}.`;
    case "frameRemoved":
      return `${what} is gone${counted(change.messages)}.`;
    case "frameChanged":
      return `${before} became ${after}.`;
    case "head":
      return `${field} is ${shown(after)} instead of ${shown(before)}.`;
  }
};
