import type { Kernel } from "../kernel/node.ts";
import { postOrder } from "../kernel/walk.ts";

/** A node without its place in the text; what it leads to is named by row number. */
export type KernelRow = Readonly<Record<string, unknown>>;

const rowOf = (node: Kernel, of: (child: Kernel) => number): KernelRow => {
  switch (node.kind) {
    case "comm":
      return {
        kind: "comm",
        from: node.from,
        control: node.control,
        branches: node.branches.map(({ span: _span, next, ...branch }) => ({ ...branch, next: of(next) })),
      };
    case "hidden": {
      const branches = node.branches.map((b) => ({ outcome: b.outcome, next: of(b.next) }));
      const { scope, decider, quiet, subject } = node;
      return { kind: "hidden", scope, decider, quiet, subject, branches };
    }
    case "local": {
      const { span: _span, next, ...deed } = node;
      return { ...deed, next: of(next) };
    }
    case "scope": {
      const { span: _span, body, exits, ...scope } = node;
      return {
        ...scope,
        body: of(body),
        exits: exits.map((e) => ({ outcome: e.outcome, next: of(e.next) })),
      };
    }
    case "par":
      return { kind: "par", arms: node.arms.map(of), next: of(node.next) };
    case "repeat":
      return { kind: "repeat", count: node.count, body: of(node.body), next: of(node.next) };
    case "mu":
      return { kind: "mu", var: node.var, body: of(node.body) };
    case "var":
      return { kind: "var", name: node.name };
    case "end":
      return { kind: "end" };
  }
};

/**
 * The kernel as a flat table, equal parts once, the whole last. Parts that are
 * shared are written once however often they are reached, and it does not
 * matter which of two equal parts is shared.
 */
export const kernelRows = (root: Kernel): readonly KernelRow[] => {
  const rows: KernelRow[] = [];
  const numbers = new Map<string, number>();
  const placed = new Map<Kernel, number>();
  for (const node of postOrder(root)) {
    const row = rowOf(node, (child) => placed.get(child) ?? -1);
    const key = JSON.stringify(row);
    const number = numbers.get(key) ?? rows.push(row) - 1;
    numbers.set(key, number);
    placed.set(node, number);
  }
  return rows;
};
