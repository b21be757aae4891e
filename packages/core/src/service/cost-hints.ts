import type { SenderRecord } from "../constructs/annotation/node.ts";
import type { LocalProtocol } from "../constructs/call/node.ts";
import type { Loop } from "../constructs/loop/node.ts";
import type { ProtocolDecl } from "../constructs/protocol/node.ts";
import type { RoleDecl, RoleRef } from "../constructs/roles/node.ts";
import type { Statement } from "../constructs/statement.ts";
import { blocksIn } from "./blocks.ts";
import type { InlayHint } from "./inlay-hints.ts";

/** Between what and what a path costs; `max` may be infinite. */
interface Cost {
  readonly min: number;
  readonly max: number;
}

const NOTHING: Cost = { min: 0, max: 0 };
/** Charged for a record that names no cost (language chapter §21). */
const DEFAULT_COST = 100;
const ENDLESS = Number.POSITIVE_INFINITY;

const add = (a: Cost, b: Cost): Cost => ({ min: a.min + b.min, max: a.max + b.max });
const times = ({ min, max }: Cost, least: number, most: number): Cost => ({
  min: min * least,
  max: max === 0 ? 0 : max * most,
});
const either = (costs: readonly Cost[]): Cost =>
  costs.length === 0
    ? NOTHING
    : { min: Math.min(...costs.map(({ min }) => min)), max: Math.max(...costs.map(({ max }) => max)) };

const show = ({ min, max }: Cost): string =>
  max === ENDLESS ? `Σ ≥ ${min}` : min === max ? `Σ ${min}` : `Σ ${min}–${max}`;

/** What the messages of a protocol have cost by then, at each message that costs anything. */
export const costHints = (protocol: ProtocolDecl): readonly InlayHint[] => {
  const walk = new CostWalk(protocol);
  walk.list(protocol.body, NOTHING, true);
  return walk.hints;
};

class CostWalk {
  readonly hints: InlayHint[] = [];
  private readonly roles: ReadonlyMap<string, RoleDecl>;
  private readonly locals: ReadonlyMap<string, LocalProtocol>;
  private readonly calls = new Set<string>();
  private readonly known = new Map<Statement, Cost>();

  constructor({ roles, locals }: ProtocolDecl) {
    this.roles = new Map(roles.map((role) => [role.name.text, role]));
    this.locals = new Map(locals.map((local) => [local.name.text, local]));
  }

  /** What a list costs by itself; with `note`, hints count from `before`. */
  list(body: readonly Statement[], before: Cost, note: boolean): Cost {
    let sum = NOTHING;
    for (const node of body) sum = add(sum, this.statement(node, add(before, sum), note));
    return sum;
  }

  private own(node: Statement): Cost {
    const known = this.known.get(node);
    if (known !== undefined) return known;
    const cost = this.statement(node, NOTHING, false);
    this.known.set(node, cost);
    return cost;
  }

  private sumOf(body: readonly Statement[]): Cost {
    return body.reduce((sum, node) => add(sum, this.own(node)), NOTHING);
  }

  private statement(node: Statement, before: Cost, note: boolean): Cost {
    if (!note) {
      const known = this.known.get(node);
      if (known !== undefined) return known;
    }
    switch (node.kind) {
      case "send":
      case "broadcast":
        return this.sending(node, before, note);
      case "loop":
        return this.loop(node, before, note);
      case "rec": {
        const lap = this.sumOf(node.body);
        const laps = times(lap, 1, ENDLESS);
        this.list(node.body, { min: before.min, max: add(before, laps).max }, note);
        return laps;
      }
      case "par":
        return this.par(
          node.arms.map(({ body }) => body),
          before,
          note,
        );
      case "call":
        return this.call(node.target.text);
      case "timeout": {
        const body = this.list(node.body, before, note);
        const upTo = add(before, { min: 0, max: body.max });
        const late = [node.onTimeout, ...(node.onCancel === undefined ? [] : [node.onCancel])].map(
          (handler) => add({ min: 0, max: body.max }, this.list(handler, upTo, note)),
        );
        return either([body, ...late]);
      }
      case "let":
        return this.list(node.body ?? [], before, note);
      default:
        return either(blocksIn(node).map(({ body }) => this.list(body, before, note)));
    }
  }

  private sending(
    node: Extract<Statement, { kind: "send" | "broadcast" }>,
    before: Cost,
    note: boolean,
  ): Cost {
    const each = recordCost(node.record);
    if (each === 0) return NOTHING;
    const legs = node.kind === "send" ? this.legs(node.from, node.to) : this.everyone(node.from);
    const cost = times({ min: each, max: each }, legs.min, legs.max);
    if (note) {
      const after = add(before, cost);
      this.hints.push({ offset: node.message.span.end, label: show(after), kind: "cost", before: false });
    }
    return cost;
  }

  private size(decl: RoleDecl | undefined): Cost {
    if (decl?.param === undefined) return { min: 1, max: 1 };
    return decl.param.kind === "static"
      ? { min: decl.param.count, max: decl.param.count }
      : { min: 1, max: ENDLESS };
  }

  private members(ref: RoleRef): Cost {
    const { index } = ref;
    if (index === undefined || index.kind === "all") return this.size(this.roles.get(ref.name.text));
    if (index.kind !== "range") return { min: 1, max: 1 };
    const { start, end } = index;
    const count = typeof start === "number" && typeof end === "number" ? Math.max(end - start, 0) : undefined;
    return count === undefined ? { min: 1, max: ENDLESS } : { min: count, max: count };
  }

  private legs(from: RoleRef, to: RoleRef): Cost {
    const a = this.members(from);
    const b = this.members(to);
    return { min: Math.max(a.min, b.min), max: Math.max(a.max, b.max) };
  }

  private everyone(from: RoleRef): Cost {
    const others = [...this.roles.values()].filter(({ name }) => name.text !== from.name.text);
    return others.reduce((sum, role) => add(sum, this.size(role)), NOTHING);
  }

  private loop({ control, body }: Loop, before: Cost, note: boolean): Cost {
    const lap = this.sumOf(body);
    const count = control.kind === "repeat" && typeof control.count === "number" ? control.count : undefined;
    const inner = count === undefined ? times(lap, 0, ENDLESS) : times(lap, 0, Math.max(count - 1, 0));
    this.list(body, { min: before.min, max: add(before, inner).max }, note);
    if (count !== undefined) return times(lap, count, count);
    return times(lap, control.kind === "forever" ? 1 : 0, ENDLESS);
  }

  private par(arms: readonly (readonly Statement[])[], before: Cost, note: boolean): Cost {
    const costs = arms.map((body) => this.sumOf(body));
    const sum = costs.reduce(add, NOTHING);
    for (const [at, body] of arms.entries()) {
      const others = sum.max === ENDLESS ? ENDLESS : sum.max - (costs[at]?.max ?? 0);
      this.list(body, { min: before.min, max: before.max + others }, note);
    }
    return sum;
  }

  private call(name: string): Cost {
    const local = this.locals.get(name);
    if (local === undefined || this.calls.has(name)) return NOTHING;
    this.calls.add(name);
    const cost = this.sumOf(local.body);
    this.calls.delete(name);
    return cost;
  }
}

/** What sending once costs; messages without a record cost nothing. */
const recordCost = (record: SenderRecord | undefined): number => {
  if (record === undefined) return 0;
  const entry = record.entries.find(({ key }) => key.text === "flow_cost");
  if (entry === undefined) return DEFAULT_COST;
  return /^\d+$/.test(entry.value) ? Number(entry.value) : 0;
};
