import { actorsOf } from "../projection/kernel-index.ts";
import type { Kernel, Mu } from "./node.ts";
import { childrenOf, postOrder } from "./walk.ts";

/** The loops around a place, innermost first. */
interface Around {
  readonly loop: Mu;
  readonly outer: Around | undefined;
}

const NONE: ReadonlySet<string> = new Set();

/** Who acts at a node or in the parts of it that end before what follows: arms of a par, the body of a timeout. */
const actorsAt = (node: Kernel): readonly string[] => {
  const parts = node.kind === "par" ? node.arms : node.kind === "scope" ? [node.body] : [];
  const decider = node.kind === "hidden" ? [node.decider.name] : [];
  return [...actorsOf(node), ...decider, ...parts.flatMap((part) => postOrder(part).flatMap(actorsAt))];
};

/** Who acts on the way round each loop, and which loops may go round from where. */
export class LoopRoles {
  private readonly free = new Map<Kernel, ReadonlySet<string>>();
  private readonly around = new Map<Kernel, Around | undefined>();
  private readonly actors = new Map<Mu, Set<string>>();

  /** `order` holds every node once, what it leads to before itself. */
  constructor(order: readonly Kernel[]) {
    for (const node of order) this.free.set(node, this.freeIn(node));
    for (const node of order.toReversed()) this.enter(node);
    for (const node of order) this.join(actorsAt(node), node);
  }

  /** The loops that may go round from `node` in which the role acts, by variable. */
  of(role: string, node: Kernel): ReadonlySet<string> {
    const own = this.loopsAt(node).filter((loop) => this.actors.get(loop)?.has(role) === true);
    return own.length === 0 ? NONE : new Set(own.map((loop) => loop.var));
  }

  /** From now on the roles act in every loop that may go round from `node`; whether one of them did not before. */
  join(roles: readonly string[], node: Kernel): boolean {
    let news = false;
    for (const loop of roles.length === 0 ? [] : this.loopsAt(node)) {
      const actors = this.actors.get(loop) ?? new Set<string>();
      this.actors.set(loop, actors);
      news ||= roles.some((role) => !actors.has(role));
      for (const role of roles) actors.add(role);
    }
    return news;
  }

  private freeIn(node: Kernel): ReadonlySet<string> {
    if (node.kind === "var") return new Set([node.name]);
    let free = NONE;
    for (const child of childrenOf(node)) {
      const more = this.free.get(child) ?? NONE;
      if (more === free || more.size === 0) continue;
      free = free.size === 0 ? more : new Set([...free, ...more]);
    }
    if (node.kind !== "mu" || !free.has(node.var)) return free;
    return new Set([...free].filter((name) => name !== node.var));
  }

  /** A part that several loops lead to has none of their variables free, so any of its surroundings will do. */
  private enter(node: Kernel): void {
    const outer = this.around.get(node);
    const inside = node.kind === "mu" ? { loop: node, outer } : outer;
    for (const child of childrenOf(node)) if (!this.around.has(child)) this.around.set(child, inside);
  }

  private loopsAt(node: Kernel): readonly Mu[] {
    const free = this.free.get(node) ?? NONE;
    if (free.size === 0) return [];
    const loops: Mu[] = [];
    const named = new Set<string>();
    for (let at = this.around.get(node); at !== undefined; at = at.outer) {
      if (named.has(at.loop.var)) continue;
      named.add(at.loop.var);
      if (free.has(at.loop.var)) loops.push(at.loop);
    }
    return loops;
  }
}
