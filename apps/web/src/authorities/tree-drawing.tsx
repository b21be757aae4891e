import type { AuthorityView } from "@parley/wire/http";
import { useMemo } from "react";
import { type TreeNode, treeLayout } from "./tree-layout.ts";

const COLUMN = 168;
const LINE = 84;
const WIDE = 148;
const HIGH = 44;

const xOf = ({ x }: TreeNode): number => x * COLUMN + COLUMN / 2;
const yOf = ({ y }: TreeNode): number => y * LINE + HIGH / 2 + 2;

const Node = ({ node }: { readonly node: TreeNode }) => {
  const { leaf, policy } = node;
  return (
    <g
      transform={`translate(${xOf(node)} ${yOf(node)})`}
      className={leaf === null ? "tree-branch" : "tree-leaf"}
    >
      <rect x={-WIDE / 2} y={-HIGH / 2} width={WIDE} height={HIGH} rx={8} />
      <text y={-4} textAnchor="middle">
        {leaf === null ? policy : (leaf.device ?? `leaf ${leaf.leaf}`)}
      </text>
      <text y={12} textAnchor="middle" className="small">
        {leaf === null ? (node.y === 0 ? "root" : "branch") : `${leaf.role} · ${leaf.publicKey.slice(0, 8)}…`}
      </text>
    </g>
  );
};

/** The commitment tree: each branch with how many below it must sign. */
export const TreeDrawing = ({
  tree,
}: {
  readonly tree: Pick<NonNullable<AuthorityView["tree"]>, "leaves" | "threshold">;
}) => {
  const layout = useMemo(() => treeLayout(tree), [tree]);
  const said = `Tree of ${tree.leaves.length} leaves: ${tree.leaves.map(({ device, leaf }) => device ?? `leaf ${leaf}`).join(", ")}; threshold ${tree.threshold}`;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a drawing that scrolls must be reachable by keyboard.
    <section className="tree-box" tabIndex={0} aria-label="Commitment tree">
      <svg
        className="drawn"
        width={layout.width * COLUMN}
        height={layout.height * LINE - (LINE - HIGH) + 4}
        role="img"
        aria-label={said}
      >
        {layout.edges.map(({ from, to }) => (
          <path
            key={to.id}
            className="tree-edge"
            d={`M${xOf(from)} ${yOf(from) + HIGH / 2}V${(yOf(from) + yOf(to)) / 2}H${xOf(to)}V${yOf(to) - HIGH / 2}`}
          />
        ))}
        {layout.nodes.map((node) => (
          <Node key={node.id} node={node} />
        ))}
      </svg>
    </section>
  );
};
