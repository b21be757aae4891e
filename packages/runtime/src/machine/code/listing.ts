import { showDeed } from "@parley/core";
import { assertNever } from "../assert-never.ts";
import type { Instruction } from "./instruction.ts";
import type { Program, TypeState } from "./program.ts";

/** One line of a program as people read it. */
export interface ListingLine {
  readonly pc: number;
  readonly text: string;
  /** The statements of the source it stands for, in branch order; empty for control code. */
  readonly edgeIds: readonly string[];
}

const table = (entries: readonly { readonly label: string; readonly pc: number }[]): string =>
  entries.map((entry) => `${entry.label} → ${entry.pc}`).join(", ");

const textOf = (instruction: Instruction, program: Program): string => {
  const state = "state" in instruction ? program.states[instruction.state ?? -1] : undefined;
  const branch = state !== undefined && "branches" in state ? state.branches[0] : undefined;
  switch (instruction.kind) {
    case "send":
      return branch === undefined ? `send r${instruction.val}` : `send ${branch.label} to ${branch.peer}`;
    case "receive":
      return branch === undefined
        ? `receive r${instruction.dst}`
        : `receive ${branch.label} from ${branch.peer}`;
    case "offer":
      return `offer ${table(instruction.labels)}`;
    case "choose":
      return `choose ${table(instruction.table)}${branch === undefined ? "" : ` from ${branch.peer}`}`;
    case "invoke":
      return `invoke ${instruction.action}`;
    case "jump":
      return `jump ${instruction.target}`;
    case "parFork":
      return `fork arms at ${instruction.arms.join(", ")}`;
    case "parJoin":
      return "join arms";
    case "perform":
      return state?.kind === "perform" ? showDeed(state.deed) : "perform";
    case "decide":
      return `decide ${table(instruction.labels)}`;
    case "enter":
      return state?.kind === "scope" && state.millis !== undefined
        ? `enter scope for ${state.millis} ms, ${table(instruction.exits)}`
        : `enter scope of ${state?.kind === "scope" ? state.owner : "?"}, ${table(instruction.exits)}`;
    case "leave":
      return "leave scope";
    case "open":
      return `open ${instruction.roles.join(", ")}`;
    case "close":
      return `close r${instruction.session}`;
    case "acquire":
      return `acquire ${instruction.layer} into r${instruction.dst}`;
    case "release":
      return `release ${instruction.layer} with r${instruction.evidence}`;
    case "fork":
      return `fork ghost r${instruction.ghost}`;
    case "transfer":
      return `transfer r${instruction.endpoint} to r${instruction.target}`;
    case "tag":
      return `tag r${instruction.fact} into r${instruction.dst}`;
    case "check":
      return `check r${instruction.knowledge} for r${instruction.target} into r${instruction.dst}`;
    case "set":
      return `set r${instruction.dst}`;
    case "move":
      return `move r${instruction.src} to r${instruction.dst}`;
    case "spawn":
      return `spawn at ${instruction.target}`;
    case "halt":
    case "join":
    case "abort":
    case "yield":
      return instruction.kind;
    default:
      return assertNever(instruction);
  }
};

const edgeIdsOf = (state: TypeState | undefined): readonly string[] => {
  switch (state?.kind) {
    case "send":
    case "recv":
      return state.branches.map((branch) => branch.edgeId);
    case "perform":
      return [state.edgeId];
    case "decide":
    case "scope":
      return [state.scope];
    default:
      return [];
  }
};

/** The program, line by line, with the statements each line stands for. */
export const listing = (program: Program): readonly ListingLine[] =>
  program.code.map((instruction, pc) => {
    const state = "state" in instruction ? program.states[instruction.state ?? -1] : undefined;
    return { pc, text: textOf(instruction, program), edgeIds: edgeIdsOf(state) };
  });
