import type { LocalTypeR } from "./local-type-r.ts";
import { substitute } from "./substitute.ts";

/** A receive of `label` from `partner` is reachable; a variable is a dead end, a binder is entered once a path. */
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

const check = (type: LocalTypeR): boolean => {
  switch (type.kind) {
    case "end":
    case "var":
      return true;
    case "mu":
      return check(type.body);
    case "recv":
      return type.branches.every((b) => check(b.next));
    case "send":
      return type.branches.every((b) => answered(b.next, type.partner, b.label.name) && check(b.next));
  }
};

/**
 * Every send `!p{l}` is followed somewhere by a receive of the same label from
 * `p` (spec/projection §12.3). Leading binders are opened once, so that the
 * answer of one lap may come in the next.
 */
export const orphanFree = (type: LocalTypeR): boolean =>
  check(type.kind === "mu" ? substitute(type.body, type.var, type) : type);
