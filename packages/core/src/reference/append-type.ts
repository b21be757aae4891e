import type { GlobalType } from "../theory/global-type.ts";
import type { LocalTypeR } from "../theory/local-type-r.ts";
import { freeVars } from "../theory/structure.ts";
import { substitute } from "../theory/substitute.ts";

type AnyType = GlobalType | LocalTypeR;

const freshName = (name: string, taken: ReadonlySet<string>): string => {
  let n = 2;
  while (taken.has(`${name}${n}`)) n += 1;
  return `${name}${n}`;
};

const append = (type: AnyType, next: AnyType, free: ReadonlySet<string>): AnyType => {
  switch (type.kind) {
    case "end":
      return next;
    case "var":
      return type;
    case "mu": {
      if (!free.has(type.var)) return { ...type, body: append(type.body, next, free) } as AnyType;
      const own = freshName(type.var, new Set([...free, ...freeVars(type.body)]));
      const body = substitute(type.body as GlobalType, type.var, { kind: "var", name: own });
      return { kind: "mu", var: own, body: append(body, next, free) } as AnyType;
    }
    case "comm":
    case "send":
    case "recv":
      return {
        ...type,
        branches: type.branches.map((branch) => ({ ...branch, next: append(branch.next, next, free) })),
      } as AnyType;
  }
};

/** `next` put at every end of `type`; a binder that would capture a variable of `next` is renamed. */
export const appendType = <T extends AnyType>(type: T, next: T): T =>
  next.kind === "end" ? type : (append(type, next, new Set(freeVars(next))) as T);

/** `body` laid out `count` times, then `next`. */
export const repeatType = <T extends AnyType>(body: T, count: number, next: T): T => {
  let laid = next;
  for (let i = 0; i < count && body.kind !== "end"; i += 1) laid = appendType(body, laid);
  return laid;
};
