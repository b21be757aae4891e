import { KernelIndex } from "../projection/kernel-index.ts";
import { RoleProjector } from "../projection/role-projector.ts";
import { without } from "../projection/value.ts";
import { edgePath } from "./edge-path.ts";
import type { Comm, CommBranch, Hidden, Kernel } from "./node.ts";
import { postOrder, rebuild, withChildren } from "./walk.ts";

/** The role reaches its next deed, or the end, without knowing how the decision went. */
const canTell = (index: KernelIndex, node: Hidden, role: string, loop: string): boolean => {
  const projector = new RoleProjector(index, role);
  const { vars, rest } = projector.value(node);
  if (projector.partedAt.has(node)) return false;
  const outer = without(vars, loop);
  return rest === undefined ? outer.size <= 1 : outer.size === 0;
};

/** Who must be told, in order of declaration; somebody always is, so that the decision exists on the machine. */
const toldRoles = (node: Hidden, roles: readonly string[], loop: string): readonly string[] => {
  const index = new KernelIndex(node);
  const later = roles.filter((role) => role !== node.decider.name && index.mentions(role));
  const told = later.filter((role) => !canTell(index, node, role, loop));
  if (told.length > 0) return told;
  const body = new KernelIndex(node.branches[0]?.next ?? node);
  return later.filter((role) => body.mentions(role)).slice(0, 1);
};

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
  return rebuild(body, (node, of) => {
    const made = withChildren(node, of);
    return made.kind === "hidden" ? frames(made, toldRoles(made, roles, loopOf.get(node) ?? "")) : made;
  });
};
