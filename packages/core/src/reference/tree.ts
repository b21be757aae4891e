import type { LocalStatement } from "../constructs/statement.ts";
import { above, type Cost, noCost, repeated, sequence } from "./cost.ts";
import type { ReferenceRole } from "./role.ts";

/** An entry of a sender record, before typing. */
export interface Entry {
  readonly key: string;
  readonly value: string;
}

/** Why a loop goes on. `custom` is printed as the reference prints tokens. */
export type Condition =
  | { readonly kind: "decide"; readonly role: ReferenceRole }
  | { readonly kind: "count"; readonly count: number }
  | { readonly kind: "custom"; readonly text: string };

/** What every node knows of itself: free labels, and its size written out plainly and with counted loops unrolled. */
interface Measured {
  readonly free: ReadonlySet<string>;
  readonly plain: Cost;
  readonly unrolled: Cost;
}

export interface TreeSend extends Measured {
  readonly kind: "send";
  readonly from: ReferenceRole;
  readonly to: ReferenceRole;
  readonly message: string;
  readonly annotations: readonly Entry[];
  readonly next: Protocol;
}

export interface TreeBroadcast extends Measured {
  readonly kind: "broadcast";
  readonly from: ReferenceRole;
  /** Never empty. */
  readonly to: readonly ReferenceRole[];
  readonly message: string;
  readonly annotations: readonly Entry[];
  readonly next: Protocol;
}

/** The effect operation an evidence guard asks. */
export interface EvidenceGuard {
  readonly effect: string;
  readonly operation: string;
}

export interface TreeBranch {
  readonly label: string;
  readonly evidence?: EvidenceGuard;
  readonly body: Protocol;
}

export interface TreeChoice extends Measured {
  readonly kind: "choice";
  readonly decider: ReferenceRole;
  readonly branches: readonly TreeBranch[];
}

/** What a `let` binds or a `case` looks at, as far as the reference asks. */
export type TreeValue =
  | { readonly kind: "path" | "constructor" | "transfer" | "call" }
  | { readonly kind: "check" | "observe"; readonly effect: string; readonly operation: string };

export interface TreeLet extends Measured {
  readonly kind: "let";
  readonly name: string;
  readonly mode: "plain" | "authoritative" | "observe";
  /** `at R`. */
  readonly at?: ReferenceRole;
  readonly value: TreeValue;
  readonly next: Protocol;
}

/** What one role does by itself. */
export interface TreeDeed extends Measured {
  readonly kind: "deed";
  readonly what: LocalStatement["kind"];
  /** As the explain report prints it. */
  readonly text: string;
  /** Who gets what is handed off. */
  readonly target?: ReferenceRole;
  readonly next: Protocol;
}

export interface TreeCase extends Measured {
  readonly kind: "case";
  readonly value: TreeValue;
  /** Labelled by constructor. */
  readonly branches: readonly { readonly label: string; readonly body: Protocol }[];
}

/** `next` is Parley's, as in a loop. */
export interface TreeTimeout extends Measured {
  readonly kind: "timeout";
  readonly owner: ReferenceRole;
  readonly millis: number;
  readonly body: Protocol;
  readonly onTimeout: Protocol;
  readonly onCancel?: Protocol;
  readonly next: Protocol;
}

/** `next` is Parley's: the reference drops what follows a loop or a par (design §5.1). */
export interface TreeLoop extends Measured {
  readonly kind: "loop";
  readonly condition?: Condition;
  readonly body: Protocol;
  readonly next: Protocol;
}

export interface TreeParallel extends Measured {
  readonly kind: "parallel";
  readonly arms: readonly Protocol[];
  readonly next: Protocol;
}

export interface TreeRec extends Measured {
  readonly kind: "rec";
  readonly label: string;
  readonly body: Protocol;
}

export interface TreeVar extends Measured {
  readonly kind: "var";
  readonly label: string;
}

export interface TreeEnd extends Measured {
  readonly kind: "end";
}

/** The reference's protocol tree (language.md §12), with what follows a block kept. */
export type Protocol =
  | TreeSend
  | TreeBroadcast
  | TreeChoice
  | TreeLet
  | TreeDeed
  | TreeCase
  | TreeTimeout
  | TreeLoop
  | TreeParallel
  | TreeRec
  | TreeVar
  | TreeEnd;

const union = (parts: readonly Protocol[]): ReadonlySet<string> => {
  const named = parts.filter((part) => part.free.size > 0);
  const [only] = named;
  if (only === undefined) return none;
  return named.length === 1 ? only.free : new Set(named.flatMap((part) => [...part.free]));
};

const none: ReadonlySet<string> = new Set();

const over = (parts: readonly Protocol[]): Measured => ({
  free: union(parts),
  plain: above(parts.map((part) => part.plain)),
  unrolled: above(parts.map((part) => part.unrolled)),
});

/** The one `End`. */
export const end: Protocol = { kind: "end", free: none, plain: noCost, unrolled: noCost };

type Fields<T extends Measured> = Omit<T, "kind" | keyof Measured>;

export const send = (fields: Fields<TreeSend>): Protocol => ({
  kind: "send",
  ...fields,
  ...over([fields.next]),
});

export const broadcast = (fields: Fields<TreeBroadcast>): Protocol => {
  const measured = over([fields.next]);
  // A message to many roles is written out once for each of them.
  const { nodes, ends, depth } = measured.plain;
  const plain = { nodes: nodes + fields.to.length, ends, depth: depth + fields.to.length };
  return { kind: "broadcast", ...fields, ...measured, plain };
};

export const choice = (fields: Fields<TreeChoice>): Protocol => ({
  kind: "choice",
  ...fields,
  ...over(fields.branches.map((branch) => branch.body)),
});

export const letIn = (fields: Fields<TreeLet>): Protocol => ({
  kind: "let",
  ...fields,
  ...over([fields.next]),
});

export const deed = (fields: Fields<TreeDeed>): Protocol => ({
  kind: "deed",
  ...fields,
  ...over([fields.next]),
});

export const caseOf = (fields: Fields<TreeCase>): Protocol => ({
  kind: "case",
  ...fields,
  ...over(fields.branches.map((branch) => branch.body)),
});

export const timeout = (fields: Fields<TreeTimeout>): Protocol => ({
  kind: "timeout",
  ...fields,
  ...over([...timeoutBlocks(fields), fields.next]),
});

/** The body and the handlers, in source order. */
export const timeoutBlocks = ({
  body,
  onTimeout,
  onCancel,
}: Pick<TreeTimeout, "body" | "onTimeout" | "onCancel">): readonly Protocol[] => [
  body,
  onTimeout,
  ...(onCancel === undefined ? [] : [onCancel]),
];

export const loop = (fields: Fields<TreeLoop>): Protocol => {
  const { condition, body, next } = fields;
  const rounds = condition?.kind === "count" ? repeated(body.unrolled, condition.count) : body.unrolled;
  return { kind: "loop", ...fields, ...over([body, next]), unrolled: sequence(rounds, next.unrolled) };
};

export const parallel = (fields: Fields<TreeParallel>): Protocol => ({
  kind: "parallel",
  ...fields,
  ...over([...fields.arms, fields.next]),
});

export const rec = (label: string, body: Protocol): Protocol => {
  const free = body.free.has(label) ? new Set([...body.free].filter((name) => name !== label)) : body.free;
  return { kind: "rec", label, body, ...over([body]), free };
};

export const variable = (label: string): Protocol => {
  const cost = { nodes: 1, ends: 0, depth: 1 };
  return { kind: "var", label, free: new Set([label]), plain: cost, unrolled: cost };
};

/** The nodes directly below, in source order, what follows last. */
export const children = (node: Protocol): readonly Protocol[] => {
  switch (node.kind) {
    case "send":
    case "broadcast":
    case "let":
    case "deed":
      return [node.next];
    case "timeout":
      return [...timeoutBlocks(node), node.next];
    case "choice":
    case "case":
      return node.branches.map((branch) => branch.body);
    case "loop":
      return [node.body, node.next];
    case "parallel":
      return [...node.arms, node.next];
    case "rec":
      return [node.body];
    case "var":
    case "end":
      return [];
  }
};
