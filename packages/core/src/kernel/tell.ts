import { KernelIndex } from "../projection/kernel-index.ts";
import { RoleProjector } from "../projection/role-projector.ts";
import { without } from "../projection/value.ts";
import { edgePath } from "./edge-path.ts";
import type { Comm, CommBranch, Hidden, Kernel } from "./node.ts";
import { postOrder, rebuild, withChildren } from "./walk.ts";

/** The role reaches its next deed, or the end, without knowing how the decision went. */
const canTell = (projector: RoleProjector, node: Hidden, loop: string): boolean => {
  const { vars, rest } = projector.hidden(node);
  if (projector.partedAt.has(node)) return false;
  const outer = without(vars, loop);
  return rest === undefined ? outer.size <= 1 : outer.size === 0;
};

/** Trial projections of the part that is laid out so far, one per role. */
class Trial {
  readonly index = new KernelIndex();
  private readonly roles: readonly string[];
  private readonly projectors = new Map<string, RoleProjector>();

  constructor(roles: readonly string[]) {
    this.roles = roles;
  }

  /** Who must be told, in order of declaration; somebody always is, so that the decision exists on the machine. */
  told(node: Hidden, loop: string): readonly string[] {
    const [again] = node.branches;
    const told: string[] = [];
    let inLoop: string | undefined;
    let later: string | undefined;
    for (const role of this.roles) {
      if (role === node.decider.name || this.index.mentionsOf(role).length === 0) continue;
      const projector = this.projector(role);
      if (!projector.takesPart(node)) continue;
      if (!canTell(projector, node, loop)) told.push(role);
      if (again !== undefined && projector.acts(again.next)) inLoop ??= role;
      later ??= role;
    }
    const somebody = inLoop ?? later;
    return told.length > 0 || somebody === undefined ? told : [somebody];
  }

  /** Adds what is not known yet below and including `root`. */
  add(root: Kernel): void {
    for (const node of postOrder(root, (child) => this.index.has(child))) this.index.add(node);
  }

  private projector(role: string): RoleProjector {
    const projector = this.projectors.get(role) ?? new RoleProjector(this.index, role);
    this.projectors.set(role, projector);
    return projector.advance();
  }
}

const frame = (node: Hidden, outcome: string, to: string, leg: number, next: Kernel): CommBranch => ({
  label: `${node.scope}:${outcome}`,
  arm: outcome,
  to: { name: to },
  payload: { text: "", sort: "Unit" },
  annotations: [],
  edge: edgePath.leg(node.scope, leg),
  span: node.span,
  next,
});

const frames = (node: Hidden, told: readonly string[]): Kernel => {
  const [first, ...others] = told;
  // A loop nobody but its decider hears of has no message at all, and nothing to decide about.
  if (first === undefined) return node.branches.at(-1)?.next ?? { kind: "end" };
  const comm = (branches: readonly CommBranch[]): Comm => ({
    kind: "comm",
    from: node.decider,
    branches,
    control: node.scope,
    span: node.span,
  });
  return comm(
    node.branches.map((b) => {
      const rest = others.reduceRight<Kernel>((next, role, i) => {
        const { arm: _arm, ...plain } = frame(node, b.outcome, role, i + 1, next);
        return comm([plain]);
      }, b.next);
      return frame(node, b.outcome, first, 0, rest);
    }),
  );
};

/**
 * Turns hidden decisions into control frames (model §3): the decider tells
 * each role that takes part later and could not tell from its next message.
 * Inner decisions come first, so that what they tell counts for the outer ones.
 * `body` has plain roles only.
 */
export const tell = (body: Kernel, roles: readonly string[]): Kernel => {
  const order = postOrder(body);
  if (!order.some((node) => node.kind === "hidden")) return body;
  const loopOf = new Map<Kernel, string>();
  for (const node of order) if (node.kind === "mu") loopOf.set(node.body, node.var);
  const trial = new Trial(roles);
  return rebuild(body, (node, of) => {
    const made = withChildren(node, of);
    const result = made.kind === "hidden" ? frames(made, trial.told(made, loopOf.get(node) ?? "")) : made;
    trial.add(result);
    return result;
  });
};
