import type { AuthorityView } from "@parley/wire/http";

type Tree = NonNullable<AuthorityView["tree"]>;
type Leaf = Tree["leaves"][number];

/** A node of the drawn tree; `x` counts leaves from the left, `y` levels from the top. */
export interface TreeNode {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  /** Of a branch what it takes to sign for it; null for a leaf. */
  readonly policy: string | null;
  readonly leaf: Leaf | null;
}

export interface TreeLayout {
  readonly nodes: readonly TreeNode[];
  /** Parent and child. */
  readonly edges: readonly { readonly from: TreeNode; readonly to: TreeNode }[];
  readonly width: number;
  readonly height: number;
}

interface Part {
  readonly leaf: Leaf | null;
  readonly children: readonly Part[];
  readonly size: number;
}

/** Leaves are paired level by level; an odd one out has a branch of its own. */
const pairUp = (level: readonly Part[]): readonly Part[] =>
  level.flatMap((_, at) => {
    if (at % 2 === 1) return [];
    const children = level.slice(at, at + 2);
    return [{ leaf: null, children, size: children.reduce((sum, { size }) => sum + size, 0) }];
  });

const policyText = (threshold: number, size: number): string => {
  const needed = Math.min(Math.max(threshold, 1), size);
  if (needed === size) return size === 1 ? "the one" : `all ${size}`;
  return needed === 1 ? `any of ${size}` : `${needed} of ${size}`;
};

const depthOf = (part: Part): number =>
  part.leaf !== null ? 0 : 1 + Math.max(0, ...part.children.map(depthOf));

/** Where the nodes of a commitment tree stand: the root on top, leaves in their order below. */
export const treeLayout = ({ leaves, threshold }: Pick<Tree, "leaves" | "threshold">): TreeLayout => {
  let level: readonly Part[] = leaves.map((leaf) => ({ leaf, children: [], size: 1 }));
  do level = pairUp(level);
  while (level.length > 1);
  const nodes: TreeNode[] = [];
  const edges: { from: TreeNode; to: TreeNode }[] = [];
  let next = 0;
  const place = (part: Part, y: number, id: string): TreeNode => {
    const children = part.children.map((child, at) => place(child, y + 1, `${id}${at}`));
    const middle = children.reduce((sum, child) => sum + child.x, 0) / Math.max(1, children.length);
    const node: TreeNode = {
      id,
      x: part.leaf === null ? middle : next,
      y,
      policy: part.leaf === null ? policyText(threshold, part.size) : null,
      leaf: part.leaf,
    };
    if (part.leaf !== null) next += 1;
    nodes.push(node);
    for (const child of children) edges.push({ from: node, to: child });
    return node;
  };
  const [top] = level;
  if (top) place(top, 0, "n");
  return { nodes, edges, width: leaves.length, height: top ? depthOf(top) + 1 : 0 };
};
