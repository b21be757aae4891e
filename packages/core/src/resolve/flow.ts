import type { Call, LocalProtocol } from "../constructs/call/node.ts";
import type { Loop } from "../constructs/loop/node.ts";
import type { Continue, Rec } from "../constructs/rec/node.ts";
import type { Statement } from "../constructs/statement.ts";
import { blocksOf } from "../constructs/table.ts";
import type { Timeout } from "../constructs/timeout/node.ts";
import type { Span } from "../text/span.ts";
import type { Checker } from "./checker.ts";
import type { CallGraph } from "./locals.ts";

/** A label in scope: a `rec`, or a nameless loop. `par` counts the arms of `par` around it. */
interface Binding {
  readonly label: string;
  readonly par: number;
  /** Bodies of `timeout` around it. */
  readonly timeouts: number;
  readonly span: Span;
}

/** A `continue` in a local protocol whose label its caller must bind. */
interface FreeContinue {
  readonly node: Continue;
  /** No message lies between the start of the local protocol and here. */
  readonly silent: boolean;
  /** It stands in an arm of `par` of the local protocol. */
  readonly inPar: boolean;
  /** It stands in the body of a `timeout` of the local protocol. */
  readonly inTimeout: boolean;
}

/** What a body does to whoever runs it. */
interface Summary {
  /** The end of the body can be reached. */
  readonly falls: boolean;
  /** Every way to the end passes a message. */
  readonly speaks: boolean;
  readonly free: readonly FreeContinue[];
}

/** Labels a local protocol may leave to its callers; more than any real one, so that rubbish stays cheap. */
const freeLimit = 200;

const opaque: Summary = { falls: true, speaks: true, free: [] };

/** Where control stands: whether it goes on, and below which binding a message has passed since. */
interface State {
  readonly falls: boolean;
  /** Bindings below this index have seen a message since they were entered; the others have not. */
  readonly guarded: number;
}

/**
 * Follows control through the body and the local protocols it calls: every
 * `continue` is bound, stays in its arm of `par`, and comes after a message;
 * every statement can be reached; no loop can go round in silence.
 */
export function checkFlow(c: Checker, graph: CallGraph): void {
  new Flow(c, graph).run();
}

class Flow {
  private readonly c: Checker;
  private readonly graph: CallGraph;
  private readonly summaries = new Map<string, Summary>();
  private scope: Binding[] = [];
  private par = 0;
  private timeouts = 0;
  /** While a local protocol is followed: what its callers must bind, once a kind. */
  private free: Map<string, FreeContinue> | undefined;
  private readonly reported = new Set<number>();

  constructor(c: Checker, graph: CallGraph) {
    this.c = c;
    this.graph = graph;
  }

  run(): void {
    // Callees first, so that a long chain of calls is no deep recursion.
    for (const name of this.graph.calleesFirst) {
      const local = this.c.locals.get(name);
      if (local !== undefined) this.summary(local);
    }
    this.body(this.c.protocol.body, 0);
  }

  private summary(local: LocalProtocol): Summary {
    const name = local.name.text;
    const known = this.summaries.get(name);
    if (known !== undefined) return known;
    if (this.graph.circular.has(name)) return opaque;
    const outer = { scope: this.scope, par: this.par, timeouts: this.timeouts, free: this.free };
    const free = new Map<string, FreeContinue>();
    // A nameless binding stands for the start of the body.
    this.scope = [{ label: "", par: 0, timeouts: 0, span: local.name.span }];
    this.par = 0;
    this.timeouts = 0;
    this.free = free;
    const state = this.body(local.body, 0);
    this.scope = outer.scope;
    this.par = outer.par;
    this.timeouts = outer.timeouts;
    this.free = outer.free;
    const summary: Summary = { falls: state.falls, speaks: state.guarded > 0, free: [...free.values()] };
    this.summaries.set(name, summary);
    return summary;
  }

  private body(body: readonly Statement[], guarded: number): State {
    let state: State = { falls: true, guarded };
    for (const [index, statement] of body.entries()) {
      if (!state.falls) {
        this.reportUnreachable(body, index);
        return state;
      }
      state = this.statement(statement, state.guarded);
    }
    return state;
  }

  private statement(node: Statement, guarded: number): State {
    switch (node.kind) {
      case "send":
      case "broadcast":
        return { falls: true, guarded: this.scope.length };
      case "continue":
        this.jump(node, guarded);
        return { falls: false, guarded };
      case "call":
        return this.call(node, guarded);
      case "rec":
        return this.rec(node, guarded);
      case "loop":
        return this.loop(node, guarded);
      case "choice":
        return this.alternatives(
          node.arms.map((arm) => arm.body),
          guarded,
        );
      case "par":
        return this.parallel(
          node.arms.map((arm) => arm.body),
          guarded,
        );
      case "case":
        return this.alternatives(
          node.arms.map((arm) => arm.body),
          guarded,
        );
      case "timeout":
        return this.timeout(node, guarded);
      case "let":
        return node.body === undefined ? { falls: true, guarded } : this.body(node.body, guarded);
      case "begin":
      case "await":
      case "resolve":
      case "invalidate":
      case "publish":
      case "publishAs":
      case "materialize":
      case "handoff":
      case "dependentWork":
        // What a role does by itself is no message.
        return { falls: true, guarded };
    }
  }

  /**
   * The exits are alternatives. A handler may be entered before the body has
   * said anything, but never without an input: a loop through it waits for a
   * timer each lap, and whoever talks in the body is told by a frame.
   */
  private timeout(node: Timeout, guarded: number): State {
    this.timeouts++;
    const body = this.body(node.body, guarded);
    this.timeouts--;
    const waited = this.says(node.body) ? this.scope.length : guarded;
    const exits = [body, this.body(node.onTimeout, waited)];
    if (node.onCancel !== undefined) exits.push(this.body(node.onCancel, waited));
    return joined(exits, guarded);
  }

  /** Whether any message may be sent in the body. */
  private says(body: readonly Statement[]): boolean {
    return body.some((node) => {
      if (node.kind === "send" || node.kind === "broadcast") return true;
      const local = node.kind === "call" ? this.c.locals.get(node.target.text) : undefined;
      return (
        (local !== undefined && this.summary(local).speaks) || blocksOf(node).some((one) => this.says(one))
      );
    });
  }

  private alternatives(bodies: readonly (readonly Statement[])[], guarded: number): State {
    return joined(
      bodies.map((body) => this.body(body, guarded)),
      guarded,
    );
  }

  private parallel(bodies: readonly (readonly Statement[])[], guarded: number): State {
    let falls = true;
    let most = guarded;
    this.par++;
    for (const body of bodies) {
      const state = this.body(body, guarded);
      falls &&= state.falls;
      most = Math.max(most, state.guarded);
    }
    this.par--;
    return { falls, guarded: most };
  }

  private rec(node: Rec, guarded: number): State {
    this.scope.push({
      label: node.label.text,
      par: this.par,
      timeouts: this.timeouts,
      span: node.label.span,
    });
    const state = this.body(node.body, guarded);
    this.scope.pop();
    return { falls: state.falls, guarded: Math.min(state.guarded, this.scope.length) };
  }

  private loop(node: Loop, guarded: number): State {
    const index = this.scope.length;
    this.scope.push({ label: "", par: this.par, timeouts: this.timeouts, span: node.span });
    const state = this.body(node.body, guarded);
    this.scope.pop();
    const after = Math.min(state.guarded, index);
    // A body that could not be read has its own finding.
    if (node.body.length === 0) return { falls: true, guarded: index };
    if (node.control.kind === "repeat") {
      const none = node.control.count === 0;
      return { falls: none || state.falls, guarded: none ? guarded : after };
    }
    if (state.falls && state.guarded <= index) {
      this.c.report("silentLoop", { start: node.span.start, end: node.span.start + "loop".length });
    }
    // Leaving a loop that somebody decides is itself a message or a control frame.
    return node.control.kind === "forever"
      ? { falls: false, guarded: after }
      : { falls: true, guarded: index };
  }

  private call(node: Call, guarded: number): State {
    const local = this.c.locals.get(node.target.text);
    const summary = local === undefined ? opaque : this.summary(local);
    for (const { node: target, silent, inPar, inTimeout } of summary.free) {
      if (inPar) this.leavesPar(target);
      else if (inTimeout) this.leavesTimeout(target);
      else this.jump(target, silent ? guarded : this.scope.length, node);
    }
    return { falls: summary.falls, guarded: summary.speaks ? this.scope.length : guarded };
  }

  private jump(node: Continue, guarded: number, through?: Call): void {
    const label = node.label.text;
    let index = this.scope.length - 1;
    while (index >= 0 && this.scope[index]?.label !== label) index--;
    const binding = this.scope[index];
    const related =
      through === undefined ? [] : [{ span: through.span, message: "reached through this call" }];
    if (binding === undefined) this.unbound(node, guarded);
    else if (binding.par !== this.par) this.leavesPar(node);
    else if (binding.timeouts !== this.timeouts) this.leavesTimeout(node);
    else if (index >= guarded && this.once(node)) {
      this.c.report("unguardedRecursion", node.span, {
        args: { label },
        related: [{ span: binding.span, message: `\`rec ${label}\` starts here` }, ...related],
      });
    }
  }

  private unbound(node: Continue, guarded: number): void {
    if (this.free === undefined) {
      if (!this.once(node)) return;
      const enclosing = [...new Set(this.scope.map((b) => b.label).filter((label) => label !== ""))];
      this.c.report("unboundContinue", node.span, {
        args: { label: node.label.text },
        hint: enclosing.length === 0 ? undefined : `in scope: ${enclosing.join(", ")}`,
      });
      return;
    }
    const entry: FreeContinue = {
      node,
      silent: guarded === 0,
      inPar: this.par > 0,
      inTimeout: this.timeouts > 0,
    };
    const key = `${node.label.text} ${entry.silent} ${entry.inPar} ${entry.inTimeout}`;
    if (this.free.size < freeLimit && !this.free.has(key)) this.free.set(key, entry);
  }

  private leavesPar(node: Continue): void {
    if (this.once(node)) {
      this.c.report("continueLeavesPar", node.span, { args: { label: node.label.text } });
    }
  }

  private leavesTimeout(node: Continue): void {
    if (this.once(node)) {
      this.c.report("continueLeavesTimeout", node.span, { args: { label: node.label.text } });
    }
  }

  /** Whether this `continue` has not been reported yet; several calls may reach it. */
  private once(node: Continue): boolean {
    if (this.reported.has(node.span.start)) return false;
    this.reported.add(node.span.start);
    return true;
  }

  private reportUnreachable(body: readonly Statement[], index: number): void {
    const first = body[index];
    const last = body.at(-1);
    const before = body[index - 1];
    if (first === undefined || last === undefined || before === undefined) return;
    this.c.report(
      "unreachable",
      { start: first.span.start, end: last.span.end },
      {
        args: { why: whyEnded(before) },
        related: [{ span: before.span, message: "control does not pass this" }],
      },
    );
  }
}

/** What is left when one of several ways is taken. */
function joined(ways: readonly State[], guarded: number): State {
  let falls = ways.length === 0;
  let least = Number.POSITIVE_INFINITY;
  for (const way of ways) {
    if (!way.falls) continue;
    falls = true;
    least = Math.min(least, way.guarded);
  }
  return { falls, guarded: Number.isFinite(least) ? least : guarded };
}

function whyEnded(before: Statement): string {
  switch (before.kind) {
    case "continue":
      return `\`continue ${before.label.text}\` goes back`;
    case "loop":
      return before.control.kind === "forever"
        ? "`loop forever` never ends"
        : "the loop before it never ends";
    case "rec":
      return `\`rec ${before.label.text}\` never ends`;
    case "choice":
      return "every arm of the choice goes elsewhere";
    case "case":
      return "every arm of the `case` goes elsewhere";
    case "timeout":
      return "the body and every handler of the `timeout` go elsewhere";
    case "par":
      return "an arm of the `par` never ends";
    case "call":
      return `\`${before.target.text}\` never ends`;
    default:
      return "the statement before it never ends";
  }
}
