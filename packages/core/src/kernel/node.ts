/**
 * The kernel: what is checked, projected, compiled and hashed (model §3).
 * The tree lowers to it once; nothing after lowering looks at syntax again.
 */
import type { Span } from "../text/span.ts";

/** Which members of a family a kernel role means; absent for a plain role or one bound member. */
export type IndexExpr =
  | { readonly kind: "at"; readonly index: number }
  | { readonly kind: "symbolic"; readonly name: string }
  | { readonly kind: "all" }
  | { readonly kind: "range"; readonly start: number | string; readonly end: number | string };

/** A role before families are bound. After binding every role is plain and a member is named `Workers[0]`. */
export interface KernelRole {
  readonly name: string;
  readonly index?: IndexExpr;
}

/** A declared role: `size` is a number, a name bound at open, `"*"` (bound at open, unnamed), or absent for a plain role. */
export interface KernelRoleDecl {
  readonly name: string;
  readonly size?: number | string;
}

/** The values a payload may take on the machine; anything not built in travels as JSON text. */
export type PayloadSort = "Unit" | "Nat" | "Bool" | "String" | "Opaque";

/** A declared payload: its text as the author wrote it (`shop.Order<Item>`) and the sort it travels as. */
export interface PayloadType {
  readonly text: string;
  readonly sort: PayloadSort;
}

/** Annotations of a send, in source order, duplicates kept. */
export interface EdgeAnnotation {
  readonly key: string;
  readonly value: string;
}

/**
 * One way a communication can go. `label` is what travels: the message name,
 * or the arm's own name where two arms of one choice begin with the same
 * message. `arm` is the name the decider sees. `edge` names the send in the
 * source and is shared by every leg of a family send.
 */
export interface CommBranch {
  readonly label: string;
  readonly arm?: string;
  readonly guard?: string;
  readonly to: KernelRole;
  readonly payload: PayloadType;
  readonly annotations: readonly EdgeAnnotation[];
  /** Path of the statement, e.g. `2.Card.0`; with `#k` for leg k of a family send once bound. */
  readonly edge: string;
  readonly span: Span;
  readonly next: Kernel;
}

/** One sender, one or more branches. More than one branch is a decision of the sender. */
export interface Comm {
  readonly kind: "comm";
  readonly from: KernelRole;
  readonly branches: readonly CommBranch[];
  /** Set on a control frame of a hidden decision (`$scope`): free of cost and guard, drawn dotted. */
  readonly control?: string;
  readonly span: Span;
}

/**
 * A decision that no message of the source carries: whether a `while` or an
 * undecorated `decide` loop goes round again. `kernel/tell.ts` turns it into
 * control frames for the roles that could not tell otherwise.
 */
export interface Hidden {
  readonly kind: "hidden";
  readonly scope: string;
  readonly decider: KernelRole;
  readonly branches: readonly { readonly outcome: string; readonly next: Kernel }[];
  readonly span: Span;
}

/** Arms that run independently, then `next` once all have ended. */
export interface Par {
  readonly kind: "par";
  readonly arms: readonly Kernel[];
  readonly next: Kernel;
  readonly span: Span;
}

/** `repeat name`: the body laid out as often as the number bound at open says, then `next`. Gone after binding. */
export interface Repeat {
  readonly kind: "repeat";
  readonly count: string;
  readonly body: Kernel;
  readonly next: Kernel;
  readonly span: Span;
}

export interface Mu {
  readonly kind: "mu";
  readonly var: string;
  readonly body: Kernel;
  readonly span: Span;
}

export interface Var {
  readonly kind: "var";
  readonly name: string;
  readonly span: Span;
}

export interface End {
  readonly kind: "end";
}

export type Kernel = Comm | Hidden | Par | Repeat | Mu | Var | End;

/** A whole protocol, lowered. */
export interface KernelProtocol {
  readonly name: string;
  readonly namespace?: string;
  readonly roles: readonly KernelRoleDecl[];
  /** Names bound to numbers when a session opens, in order of first mention. */
  readonly parameters: readonly string[];
  readonly bundles: readonly {
    readonly name: string;
    readonly capabilities: readonly string[];
    readonly version?: string;
    readonly issuer?: string;
    readonly constraints: readonly string[];
  }[];
  readonly requires: readonly string[];
  readonly body: Kernel;
}
