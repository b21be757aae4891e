import type { LocalBranch, LocalType } from "../projection/local-type.ts";
import { localSubtype } from "./local-subtype.ts";

/** The type of the other end, or the first thing for which there is none. */
export type DualOf =
  | { readonly ok: true; readonly type: LocalType }
  /** `peers`: it talks to more than one; `construct`: parallel arms, deeds, silent decisions and scopes have no dual. */
  | { readonly ok: false; readonly why: "peers" | "construct" };

class NoDual extends Error {
  readonly why: "peers" | "construct";
  constructor(why: "peers" | "construct") {
    super(why);
    this.why = why;
  }
}

const turned = (branches: readonly LocalBranch[], peer: string, self: string): readonly LocalBranch[] =>
  branches.map((branch) => {
    if (branch.peer !== peer) throw new NoDual("peers");
    return { ...branch, peer: self, next: turn(branch.next, peer, self) };
  });

const turn = (type: LocalType, peer: string, self: string): LocalType => {
  switch (type.kind) {
    case "end":
    case "var":
      return type;
    case "mu":
      return { ...type, body: turn(type.body, peer, self) };
    case "send":
      return { kind: "recv", from: self, branches: turned(type.branches, peer, self) };
    case "recv":
      return { kind: "send", branches: turned(type.branches, peer, self) };
    case "par":
    case "perform":
    case "decide":
    case "scope":
      throw new NoDual("construct");
  }
};

/**
 * What `peer` does in a conversation of two in which `self` has this type:
 * sends and receives change places (spec/projection §12.3).
 *
 * @example dualLocal(client, "Client", "Server") // the server's type
 */
export const dualLocal = (type: LocalType, self: string, peer: string): DualOf => {
  try {
    return { ok: true, type: turn(type, peer, self) };
  } catch (error) {
    if (!(error instanceof NoDual)) throw error;
    return { ok: false, why: error.why };
  }
};

/** Whether two roles do exactly each other's part, up to unfolding and the names of loops. */
export const areDual = (
  a: { readonly role: string; readonly type: LocalType },
  b: { readonly role: string; readonly type: LocalType },
): boolean => {
  const dual = dualLocal(a.type, a.role, b.role);
  if (!dual.ok) return false;
  const sync = { mode: "sync" } as const;
  return (
    localSubtype(dual.type, b.type, sync).verdict === "yes" &&
    localSubtype(b.type, dual.type, sync).verdict === "yes"
  );
};
