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
 * undecorated `decide` loop goes round again, or which arm of a `case` it is.
 * `kernel/tell.ts` turns it into control frames for the roles that could not
 * tell otherwise; a quiet one that nobody need be told of stays as it is.
 */
export interface Hidden {
  readonly kind: "hidden";
  readonly scope: string;
  readonly decider: KernelRole;
  /** The decider may keep it to itself when everybody can tell anyway (`case`). */
  readonly quiet?: true;
  /** What is looked at: the text of the scrutinee of a `case`. A name the decider has bound decides by its value. */
  readonly subject?: string;
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

/**
 * What one role does by itself (spec/language.md §6). `edge` of the node that
 * holds it is the path of the statement.
 */
export type Deed =
  /** `check E.op(…)`, `observe E.op(…)` or a call: the world is asked, its answer is an input of the run. */
  | {
      readonly kind: "ask";
      readonly how: "check" | "observe" | "call";
      readonly mode: "plain" | "authoritative" | "observe";
      /** `Stock.reserve`, or the name of the function called. */
      readonly what: string;
      readonly args: readonly string[];
      readonly result: PayloadType;
      readonly binds: string;
    }
  | {
      readonly kind: "transfer";
      readonly subject: string;
      readonly to: KernelRole;
      readonly binds: string;
    }
  | {
      readonly kind: "begin";
      readonly operation: string;
      readonly args: readonly string[];
      readonly progress?: string;
      /** What its progress is held to: the clause written here, else that of the operation's declaration. */
      readonly contract?: ProgressContract;
    }
  | { readonly kind: "await" | "invalidate"; readonly operation: string }
  | {
      readonly kind: "resolve";
      readonly operation: string;
      readonly outcome: "Success" | "Failure" | "Timeout" | "Cancelled";
      readonly value?: string;
    }
  | { readonly kind: "publish"; readonly event: string; readonly arg?: string }
  | { readonly kind: "publishAs"; readonly witness: string; readonly publication: string }
  | { readonly kind: "materialize"; readonly proof: string; readonly publication: string }
  | {
      readonly kind: "handoff";
      readonly operation: string;
      readonly target: KernelRole;
      readonly receipt: string;
    }
  | {
      readonly kind: "dependentWork";
      readonly name: string;
      readonly arg?: string;
      readonly requiredFor: string;
    };

/** One role does something by itself, then `next`. A family does it member by member, in index order. */
export interface Local {
  readonly kind: "local";
  readonly role: KernelRole;
  readonly deed: Deed;
  /** Path of the statement; with `#k` for member k of a family once bound. */
  readonly edge: string;
  readonly span: Span;
  readonly next: Kernel;
}

/** How a timeout scope is left. */
export type ScopeOutcome = "done" | "timeout" | "cancel";

/**
 * `timeout 5s A at …` (model §3): armed when the owner enters; it leaves by
 * `done` when its part of the body has ended, by `timeout` or `cancel` when
 * that comes first in the log. The body ends in `end`; what follows the
 * statement is part of every exit. Whoever acts in the body, and whoever could
 * not tell the exits apart, is told the outcome by a control frame at the
 * start of the exit (`kernel/tell.ts`), and leaves at its next message boundary.
 */
export interface TimeoutScope {
  readonly kind: "scope";
  /** Path of the statement. */
  readonly scope: string;
  readonly owner: KernelRole;
  readonly millis: number;
  readonly body: Kernel;
  /** `done`, `timeout`, and `cancel` when the source handles it, in this order. */
  readonly exits: readonly { readonly outcome: ScopeOutcome; readonly next: Kernel }[];
  /** Who is told, in order of declaration; set by `tell`. */
  readonly told?: readonly string[];
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

export type Kernel = Comm | Hidden | Local | TimeoutScope | Par | Repeat | Mu | Var | End;

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
  /** Effect interfaces and execution profiles named in the head; absent when none are. */
  readonly uses?: readonly string[];
  readonly under?: readonly string[];
  /** Declared operations of effects the protocol uses; absent when there are none. */
  readonly effects?: readonly KernelEffectOperation[];
  /** Declared operations; absent when there are none. */
  readonly operations?: readonly KernelOperation[];
  readonly body: Kernel;
}

/** An operation of an effect interface, with all it says about itself. */
export interface KernelEffectOperation {
  readonly effect: string;
  readonly name: string;
  readonly authority: "authoritative" | "command" | "observe";
  readonly class: string;
  readonly progress: string;
  readonly region: string;
  readonly agreementUse: string;
  readonly reentrancy: string;
  readonly input: string;
  readonly output: string;
}

/** A progress contract: `window` names the milliseconds it may go without progress, bound when a session opens. */
export interface ProgressContract {
  readonly name: string;
  readonly window?: string;
  readonly onTimeout?: string;
  readonly onStall?: string;
}

/** A declared operation: who owns it, and how it makes progress and finds agreement. */
export interface KernelOperation {
  readonly name: string;
  readonly owner: KernelRole;
  readonly within?: string;
  readonly progress?: {
    readonly contract: string;
    readonly requires?: string;
    readonly within?: string;
    readonly onTimeout?: string;
    readonly onStall?: string;
  };
  readonly agreement?: { readonly profile: string; readonly prestate?: string };
  readonly compose?: string;
}
