import { equalLocal } from "./equal.ts";
import type { LocalTypeR } from "./local-type-r.ts";

/** Sends and receives exchanged; everything else unchanged. */
export const dual = (type: LocalTypeR): LocalTypeR => {
  switch (type.kind) {
    case "end":
    case "var":
      return type;
    case "mu":
      return { ...type, body: dual(type.body) };
    case "send":
    case "recv":
      return {
        kind: type.kind === "send" ? "recv" : "send",
        partner: type.partner,
        branches: type.branches.map((b) => ({ ...b, next: dual(b.next) })),
      };
  }
};

/** `b` is structurally the dual of `a`. */
export const isDual = (a: LocalTypeR, b: LocalTypeR): boolean => equalLocal(dual(a), b);
