import type { LocalTypeR } from "./local-type-r.ts";

/** A receive of `label` from `partner` is reachable; a variable is a dead end. */
const answered = (type: LocalTypeR, partner: string, label: string): boolean => {
  switch (type.kind) {
    case "end":
    case "var":
      return false;
    case "mu":
      return answered(type.body, partner, label);
    case "recv":
      if (type.partner === partner && type.branches.some((b) => b.label.name === label)) return true;
      return type.branches.some((b) => answered(b.next, partner, label));
    case "send":
      return type.branches.some((b) => answered(b.next, partner, label));
  }
};

/**
 * Every send `!p{l}` is followed somewhere by a receive of the same label from
 * `p` (spec/projection §12.3). Conservative, as the reference: an answer that
 * comes in the next lap of a loop does not count.
 */
export const orphanFree = (type: LocalTypeR): boolean => {
  switch (type.kind) {
    case "end":
    case "var":
      return true;
    case "mu":
      return orphanFree(type.body);
    case "recv":
      return type.branches.every((b) => orphanFree(b.next));
    case "send":
      return type.branches.every((b) => answered(b.next, type.partner, b.label.name) && orphanFree(b.next));
  }
};
