import { showDeed } from "../kernel/show-deed.ts";
import type { LocalBranch, LocalType } from "./local-type.ts";

/** A type is written out for people: longer or deeper than this it ends in `…`. */
const MAX_CHARS = 20_000;
const MAX_DEPTH = 100;

class Pen {
  readonly parts: string[] = [];
  private length = 0;

  put(text: string): void {
    this.parts.push(text);
    this.length += text.length;
  }

  get full(): boolean {
    return this.length > MAX_CHARS;
  }
}

const deed = ({ label, payload }: LocalBranch): string =>
  `${label}${payload.text === "" ? "" : `(${payload.text})`}`;

const writeBranches = (pen: Pen, sign: string, list: readonly LocalBranch[], depth: number): void => {
  const peer = list[0]?.peer ?? "";
  const samePeer = list.every((branch) => branch.peer === peer);
  pen.put(samePeer ? `${sign}${peer} { ` : `${sign}{ `);
  for (const [index, branch] of list.entries()) {
    pen.put(`${index === 0 ? "" : ", "}${samePeer ? "" : `${branch.peer} `}${deed(branch)}`);
    if (branch.next.kind !== "end") {
      pen.put(". ");
      write(pen, branch.next, depth + 1);
    }
  }
  pen.put(" }");
};

/** Several ways to go on: `{ Ok !B Go, Err end }`. */
const writeWays = (
  pen: Pen,
  ways: readonly { readonly outcome: string; readonly next: LocalType }[],
  depth: number,
): void => {
  pen.put("{ ");
  for (const [index, { outcome, next }] of ways.entries()) {
    pen.put(`${index === 0 ? "" : ", "}${outcome}: `);
    write(pen, next, depth + 1);
  }
  pen.put(" }");
};

/** Follows a chain of single messages in a loop, so that a long protocol needs no deep stack. */
const write = (pen: Pen, start: LocalType, depth: number): void => {
  let type: LocalType | undefined = start;
  while (type !== undefined) {
    if (pen.full || depth > MAX_DEPTH) {
      pen.put("…");
      return;
    }
    type = writeHead(pen, type, depth);
  }
};

/** Writes the first step of a type; what follows it, if that is still to be written. */
const writeHead = (pen: Pen, type: LocalType, depth: number): LocalType | undefined => {
  switch (type.kind) {
    case "end":
      pen.put("end");
      return undefined;
    case "var":
      pen.put(type.name);
      return undefined;
    case "mu":
      pen.put(`mu ${type.var}. `);
      return type.body;
    case "par": {
      for (const [index, arm] of type.arms.entries()) {
        pen.put(index === 0 ? "(" : " | ");
        write(pen, arm, depth + 1);
      }
      pen.put(")");
      if (type.next.kind === "end") return undefined;
      pen.put("; ");
      return type.next;
    }
    case "perform":
      pen.put(`*${showDeed(type.deed)}`);
      if (type.next.kind === "end") return undefined;
      pen.put(". ");
      return type.next;
    case "decide":
      pen.put(`decide ${type.subject ?? ""} `.replace("  ", " "));
      writeWays(pen, type.branches, depth);
      return undefined;
    case "scope":
      pen.put(type.millis === undefined ? `within ${type.owner} (` : `within ${type.millis}ms (`);
      write(pen, type.body, depth + 1);
      pen.put(") ");
      writeWays(pen, type.exits, depth);
      return undefined;
    case "send":
    case "recv": {
      const sign = type.kind === "send" ? "!" : "?";
      const [only, other] = type.branches;
      if (only === undefined || other !== undefined) {
        writeBranches(pen, sign, type.branches, depth);
        return undefined;
      }
      pen.put(`${sign}${only.peer} ${deed(only)}`);
      if (only.next.kind === "end") return undefined;
      pen.put(". ");
      return only.next;
    }
  }
};

/**
 * A local type on one line: `!Shop Card(Nat). ?Shop { Receipt, Refused }`.
 * For reading, not for parsing; very long ones are cut with `…`.
 */
export const showLocal = (type: LocalType): string => {
  const pen = new Pen();
  write(pen, type, 0);
  return pen.parts.join("");
};
