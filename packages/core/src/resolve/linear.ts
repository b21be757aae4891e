import type { Call, LocalProtocol } from "../constructs/call/node.ts";
import type { Let } from "../constructs/let/node.ts";
import type { Continue } from "../constructs/rec/node.ts";
import type { Statement } from "../constructs/statement.ts";
import type { Timeout } from "../constructs/timeout/node.ts";
import type { CodeName } from "../diagnostics/codes.ts";
import type { Span } from "../text/span.ts";
import type { Checker } from "./checker.ts";
import { type Use, usesOf } from "./linear-uses.ts";
import type { CallGraph } from "./locals.ts";
import type { Surroundings } from "./values.ts";
import { walk } from "./walk.ts";

type Body = readonly Statement[];
/** Receipts bound and not used up yet; `undefined` where control does not arrive. */
type Live = ReadonlySet<Let> | undefined;
type FenceCode = "linearLoop" | "linearRec" | "linearPar" | "linearLetIn";

/** A body that runs any number of times, or beside others: receipts from outside must not be used up in it. */
interface Fence {
  readonly code: FenceCode;
  /** Receipts bound before it. */
  readonly outside: number;
  /** The name a `continue` goes back to. */
  readonly label?: string;
}

/** How many receipts of its callers a local protocol may use up; more than any real one. */
const mentionLimit = 500;
/** How many statements of called local protocols are followed; rubbish may call in powers of two. */
const callLimit = 20_000;
const none: ReadonlySet<Let> = new Set();

/**
 * Follows every receipt of a `transfer` through the tree: it is used up exactly
 * once on each way through the statements after it, arm by arm, through calls
 * of local protocols, and never inside a body that may run again or beside
 * others (language chapter §10, design §5.6). Each receipt is reported once.
 */
export function checkLinear(c: Checker, graph: CallGraph, around: Surroundings): void {
  const names = new Set<string>();
  for (const body of [c.protocol.body, ...c.protocol.locals.map((local) => local.body)]) {
    walk(body, (node) => {
      if (node.kind === "let" && node.value.kind === "transfer") names.add(node.name.text);
    });
  }
  if (names.size === 0) return;
  const linear = new Linear(c, graph, { names, unread: around.unread });
  linear.start(c.protocol.body);
  for (const local of c.locals.values()) linear.start(local.body);
}

class Linear {
  private readonly c: Checker;
  private readonly graph: CallGraph;
  private readonly unread: readonly Span[];
  /** Names that some `transfer` binds. */
  private readonly names: ReadonlySet<string>;
  /** Receipts whose scope is open, outermost first. */
  private bound: Let[] = [];
  private fences: Fence[] = [];
  private readonly lastUse = new Map<Let, Span>();
  private readonly reported = new Set<Let>();
  private readonly mentions = new Map<string, ReadonlySet<string>>();
  private followed = 0;

  constructor(
    c: Checker,
    graph: CallGraph,
    of: { readonly names: ReadonlySet<string>; readonly unread: readonly Span[] },
  ) {
    this.c = c;
    this.graph = graph;
    this.unread = of.unread;
    this.names = of.names;
    for (const name of graph.calleesFirst) this.mentions.set(name, this.mentionsOf(name));
  }

  start(body: Body): void {
    this.bound = [];
    this.fences = [];
    this.body(body, none);
  }

  private body(body: Body, live: Live): Live {
    const outer = this.bound.length;
    let now = live;
    for (const statement of body) {
      if (now === undefined) break;
      now = this.statement(statement, now);
    }
    const left = now;
    const ended = this.bound.splice(outer);
    if (left === undefined) return undefined;
    for (const receipt of ended) if (left.has(receipt)) this.unused(receipt);
    return ended.length === 0 ? left : without(left, ended);
  }

  private statement(node: Statement, live: ReadonlySet<Let>): Live {
    const now = this.uses(usesOf(node), live);
    switch (node.kind) {
      case "let":
        return this.bind(node, now);
      case "choice":
        return this.arms(
          node.arms.map((arm) => ({ ...arm, name: arm.label })),
          now,
        );
      case "case":
        return this.arms(
          node.arms.map((arm) => ({ ...arm, name: arm.constructor })),
          now,
        );
      case "timeout":
        return this.timeout(node, now);
      case "loop": {
        this.fenced("linearLoop", node.body, now);
        if (node.control.kind !== "forever") return now;
        // Nothing comes after it.
        for (const receipt of now) this.unused(receipt);
        return undefined;
      }
      case "rec":
        return this.fenced("linearRec", node.body, now, node.label.text);
      case "par":
        for (const arm of node.arms) this.fenced("linearPar", arm.body, now);
        return now;
      case "call":
        return this.call(node, now);
      case "continue":
        return this.goBack(node, now);
      default:
        return now;
    }
  }

  private bind(node: Let, live: ReadonlySet<Let>): Live {
    if (node.value.kind !== "transfer") {
      return node.body === undefined ? live : this.fenced("linearLetIn", node.body, live);
    }
    const before = [...live].find((receipt) => receipt.name.text === node.name.text);
    if (before !== undefined && !this.reported.has(node)) {
      this.reported.add(before);
      this.reported.add(node);
      this.c.report("linearRebound", node.name.span, {
        args: { name: node.name.text },
        related: [{ span: before.name.span, message: "bound here, and not used yet" }],
      });
    }
    if (node.body === undefined) {
      this.bound.push(node);
      return new Set([...live, node]);
    }
    // The block is the whole scope of the receipt.
    const outside = this.bound.length;
    this.fences.push({ code: "linearLetIn", outside });
    this.bound.push(node);
    const after = this.body(node.body, new Set([...live, node]));
    this.bound.length = outside;
    this.fences.pop();
    if (after === undefined) return undefined;
    if (after.has(node)) this.unused(node);
    return live;
  }

  private fenced(code: FenceCode, body: Body, live: ReadonlySet<Let>, label?: string): Live {
    this.fences.push({ code, outside: this.bound.length, ...(label === undefined ? {} : { label }) });
    const after = this.body(body, live);
    this.fences.pop();
    return after === undefined ? undefined : live;
  }

  private uses(uses: readonly Use[], live: ReadonlySet<Let>): ReadonlySet<Let> {
    if (this.bound.length === 0) return live;
    let now = live;
    for (const { name, span } of uses) {
      if (!this.names.has(name)) continue;
      const isIt = (receipt: Let): boolean => receipt.name.text === name;
      const receipt = [...now].findLast(isIt) ?? this.bound.findLast(isIt);
      if (receipt === undefined) continue;
      if (!now.has(receipt)) this.usedTwice(receipt, span);
      else {
        const fence = this.fences.find(({ outside }) => this.bound.indexOf(receipt) < outside);
        if (fence !== undefined) this.report(fence.code, receipt, span);
        now = without(now, [receipt]);
        this.lastUse.set(receipt, span);
      }
    }
    return now;
  }

  private arms(
    arms: readonly { readonly name: { readonly text: string; readonly span: Span }; readonly body: Body }[],
    live: ReadonlySet<Let>,
  ): Live {
    if (arms.length === 0) return live;
    const ends = arms.map(({ name, body }) => ({ name, after: this.body(body, live) }));
    const arriving = ends.flatMap(({ name, after }) => (after === undefined ? [] : [{ name, after }]));
    if (arriving.length === 0) return undefined;
    for (const receipt of live) {
      const unused = arriving.find(({ after }) => after.has(receipt));
      const used = arriving.find(({ after }) => !after.has(receipt));
      if (unused === undefined || used === undefined) continue;
      this.report("linearDiverges", receipt, unused.name.span, {
        used: `\`${used.name.text}\``,
        unused: `\`${unused.name.text}\``,
      });
    }
    return common(arriving.map(({ after }) => after));
  }

  private timeout(node: Timeout, live: ReadonlySet<Let>): Live {
    const body = this.body(node.body, live);
    const late = this.body(node.onTimeout, live);
    const off = node.onCancel === undefined ? undefined : this.body(node.onCancel, live);
    const differ = (code: CodeName, other: Live, first: Statement | undefined): void => {
      if (body === undefined || other === undefined) return;
      for (const receipt of live) {
        if (body.has(receipt) !== other.has(receipt)) {
          this.report(code, receipt, first?.span ?? node.span);
        }
      }
    };
    differ("linearTimeout", late, node.onTimeout[0]);
    differ("linearCancel", off, node.onCancel?.[0]);
    const arriving = [body, late, off].filter((after) => after !== undefined);
    return arriving.length === 0 ? undefined : common(arriving);
  }

  /** Everything bound since the `rec` must be used up by now. */
  private goBack(node: Continue, live: ReadonlySet<Let>): Live {
    const fence = this.fences.findLast(({ label }) => label === node.label.text);
    for (const receipt of this.bound.slice(fence?.outside ?? 0)) {
      if (live.has(receipt)) this.unused(receipt, node.span);
    }
    return undefined;
  }

  /** A call is its statements in place, as far as they mention a receipt that is bound. */
  private call(node: Call, live: ReadonlySet<Let>): Live {
    const name = node.target.text;
    const local: LocalProtocol | undefined = this.c.locals.get(name);
    if (local === undefined || this.graph.circular.has(name)) return live;
    const mentions = this.mentions.get(name);
    const touches = this.bound.some((receipt) => mentions?.has(receipt.name.text));
    this.followed += local.body.length + 1;
    if (!touches || this.followed > callLimit) return live;
    return this.body(local.body, live);
  }

  /** Every name a local protocol may use up, through the calls in it. */
  private mentionsOf(name: string): ReadonlySet<string> {
    const found = new Set<string>();
    const own = new Set<string>();
    const collect = (statement: Statement): void => {
      if (statement.kind === "let" && statement.value.kind === "transfer") own.add(statement.name.text);
      if (found.size > mentionLimit) return;
      for (const use of usesOf(statement)) if (this.names.has(use.name)) found.add(use.name);
      if (statement.kind !== "call") return;
      for (const inner of this.mentions.get(statement.target.text) ?? []) found.add(inner);
    };
    const local = this.c.locals.get(name);
    if (local !== undefined) walk(local.body, collect);
    for (const bound of own) found.delete(bound);
    return found;
  }

  private usedTwice(receipt: Let, span: Span): void {
    const before = this.lastUse.get(receipt);
    if (!this.once(receipt)) return;
    this.c.report("linearTwice", span, {
      args: { name: receipt.name.text },
      related: [
        { span: receipt.name.span, message: "bound here" },
        ...(before === undefined ? [] : [{ span: before, message: "used up here" }]),
      ],
    });
  }

  private unused(receipt: Let, back?: Span): void {
    if (!this.once(receipt)) return;
    this.c.report("linearUnused", receipt.name.span, {
      args: { name: receipt.name.text },
      related: back === undefined ? [] : [{ span: back, message: "control goes back here without using it" }],
      hint: `hand it on, as in \`handoff … with ${receipt.name.text}\` or \`Message(${receipt.name.text})\``,
    });
  }

  private report(
    code: CodeName,
    receipt: Let,
    span: Span,
    args: Readonly<Record<string, string>> = {},
  ): void {
    if (!this.once(receipt)) return;
    this.c.report(code, span, {
      args: { name: receipt.name.text, ...args },
      related: [{ span: receipt.name.span, message: "bound here" }],
    });
  }

  private once(receipt: Let): boolean {
    if (this.reported.has(receipt)) return false;
    this.reported.add(receipt);
    // A line that could not be read may be the one that uses it.
    return !this.unread.some(({ start }) => start >= receipt.span.start);
  }
}

const without = (live: ReadonlySet<Let>, gone: readonly Let[]): ReadonlySet<Let> => {
  const left = new Set(live);
  for (const receipt of gone) left.delete(receipt);
  return left;
};

const common = (sets: readonly ReadonlySet<Let>[]): ReadonlySet<Let> =>
  new Set([...(sets[0] ?? none)].filter((receipt) => sets.every((set) => set.has(receipt))));
