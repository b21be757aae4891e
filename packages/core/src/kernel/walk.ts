import type { Kernel } from "./node.ts";

/** What a node leads to, in order. */
export const childrenOf = (node: Kernel): readonly Kernel[] => {
  switch (node.kind) {
    case "comm":
    case "hidden":
      return node.branches.map((b) => b.next);
    case "par":
      return [...node.arms, node.next];
    case "local":
      return [node.next];
    case "scope":
      return [node.body, ...node.exits.map((exit) => exit.next)];
    case "repeat":
      return [node.body, node.next];
    case "mu":
      return [node.body];
    case "var":
    case "end":
      return [];
  }
};

/**
 * Every distinct node, what it leads to before itself. Iterative: a protocol
 * of ten thousand sends is a chain deeper than the stack. Nodes for which
 * `known` holds are left out, with what lies below them.
 */
export const postOrder = (
  root: Kernel,
  known: (node: Kernel) => boolean = () => false,
): readonly Kernel[] => {
  if (known(root)) return [];
  const order: Kernel[] = [];
  const seen = new Set<Kernel>([root]);
  const stack: { readonly node: Kernel; readonly children: readonly Kernel[]; at: number }[] = [
    { node: root, children: childrenOf(root), at: 0 },
  ];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const child = top.children[top.at++];
    if (child === undefined) {
      order.push(top.node);
      stack.pop();
    } else if (!seen.has(child) && !known(child)) {
      seen.add(child);
      stack.push({ node: child, children: childrenOf(child), at: 0 });
    }
  }
  return order;
};

/** Rebuilds bottom-up: `make` sees each distinct node once and asks for what its children became. */
export const rebuild = (
  root: Kernel,
  make: (node: Kernel, of: (child: Kernel) => Kernel) => Kernel,
): Kernel => {
  const made = new Map<Kernel, Kernel>();
  const of = (child: Kernel): Kernel => made.get(child) ?? child;
  for (const node of postOrder(root)) made.set(node, make(node, of));
  return of(root);
};

/** The node with other children, or itself when none changed. */
export const withChildren = (node: Kernel, of: (child: Kernel) => Kernel): Kernel => {
  if (childrenOf(node).every((child) => of(child) === child)) return node;
  switch (node.kind) {
    case "comm":
      return { ...node, branches: node.branches.map((b) => ({ ...b, next: of(b.next) })) };
    case "hidden":
      return { ...node, branches: node.branches.map((b) => ({ ...b, next: of(b.next) })) };
    case "par":
      return { ...node, arms: node.arms.map(of), next: of(node.next) };
    case "local":
      return { ...node, next: of(node.next) };
    case "scope":
      return { ...node, body: of(node.body), exits: node.exits.map((e) => ({ ...e, next: of(e.next) })) };
    case "repeat":
      return { ...node, body: of(node.body), next: of(node.next) };
    case "mu":
      return { ...node, body: of(node.body) };
    case "var":
    case "end":
      return node;
  }
};

/** `rest` in place of every end of `body`, but for the ends of parallel arms and of bodies under a timeout. */
export const thenContinue = (body: Kernel, rest: Kernel): Kernel =>
  rebuild(body, (node, of) => {
    if (node.kind === "end") return rest;
    if (node.kind === "par") return { ...node, next: of(node.next) };
    if (node.kind !== "scope") return withChildren(node, of);
    return { ...node, exits: node.exits.map((exit) => ({ ...exit, next: of(exit.next) })) };
  });
