/** A node of a type: an object with a `kind`, whose children are under `next`, `body`, `arms`, `branches` and `exits`. */
interface Node {
  readonly kind: string;
}

/**
 * A type as a table: each node once, children as numbers of the table. What
 * two ways share stays shared, so that the table is no larger than the type.
 */
export interface TypeTable {
  readonly root: number;
  readonly nodes: readonly { readonly [key: string]: unknown }[];
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Partial<Node>).kind === "string";

type Change = (child: unknown) => unknown;

/** A node with every child replaced; everything else as it is. */
const withChildren = (node: object, change: Change): { [key: string]: unknown } => {
  const copy: { [key: string]: unknown } = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === "next" || key === "body") copy[key] = change(value);
    else if (key === "arms" && Array.isArray(value)) copy[key] = value.map(change);
    else if ((key === "branches" || key === "exits") && Array.isArray(value))
      copy[key] = value.map((branch: { readonly next: unknown }) => ({
        ...branch,
        next: change(branch.next),
      }));
    else copy[key] = value;
  }
  return copy;
};

/** Writes a type of the kernel, or a local type, as a table. */
export const typeTable = (root: Node): TypeTable => {
  const index = new Map<Node, number>([[root, 0]]);
  const order: Node[] = [root];
  const nodes: { [key: string]: unknown }[] = [];
  const number: Change = (child) => {
    if (!isNode(child)) return child;
    const known = index.get(child);
    if (known !== undefined) return known;
    index.set(child, order.length);
    order.push(child);
    return order.length - 1;
  };
  // It grows while it is walked.
  for (const node of order) nodes.push(withChildren(node, number));
  return { root: 0, nodes };
};

/** Reads a table back; `undefined` where a number names no node or a type would contain itself. */
export const readTypeTable = <T extends Node>({ root, nodes }: TypeTable): T | undefined => {
  const built = new Map<number, object>();
  const open = new Set<number>();
  let sound = true;
  const stack: number[] = [root];
  const missing = (at: number): readonly number[] => {
    const children: number[] = [];
    withChildren(nodes[at] ?? {}, (child) => {
      if (typeof child !== "number" || !isNode(nodes[child])) sound = false;
      else if (!built.has(child)) children.push(child);
      return child;
    });
    return children;
  };
  while (stack.length > 0 && sound) {
    const at = stack[stack.length - 1] as number;
    const children = built.has(at) ? [] : missing(at);
    if (!isNode(nodes[at]) || children.some((child) => open.has(child))) return undefined;
    if (children.length > 0) {
      open.add(at);
      stack.push(...children);
      continue;
    }
    stack.pop();
    open.delete(at);
    if (!built.has(at))
      built.set(
        at,
        withChildren(nodes[at] ?? {}, (child) => built.get(child as number)),
      );
  }
  return sound ? (built.get(root) as T | undefined) : undefined;
};
