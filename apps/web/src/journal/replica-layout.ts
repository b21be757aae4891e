import type { ContextView } from "@parley/wire/http";

type Member = ContextView["members"][number];

/** Where a replica is drawn. */
export interface ReplicaNode {
  readonly member: Member;
  readonly x: number;
  readonly y: number;
  /** The same letter for the same root: A for the one most replicas have. */
  readonly letter: string;
}

export interface ReplicaLayout {
  readonly nodes: readonly ReplicaNode[];
  /** Replicas that reach each other, each pair once. */
  readonly links: readonly (readonly [ReplicaNode, ReplicaNode])[];
  /** Boxes of the groups, left to right. */
  readonly groups: readonly { readonly x: number; readonly width: number }[];
  readonly width: number;
  readonly height: number;
}

const STEP = 108;
const GAP = 44;
const HEIGHT = 150;

/** A letter a root, by how many replicas have it, then by its digits. */
export const rootLetters = (members: readonly Pick<Member, "root">[]): ReadonlyMap<string, string> => {
  const counts = new Map<string, number>();
  for (const { root } of members) counts.set(root, (counts.get(root) ?? 0) + 1);
  const order = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return new Map(order.map(([root], at) => [root, String.fromCharCode(65 + (at % 26))]));
};

/** Groups side by side, the replicas of one in a zigzag so that lines between them can be seen. */
export const replicaLayout = ({ members }: Pick<ContextView, "members">): ReplicaLayout => {
  const letters = rootLetters(members);
  const groups = [...Map.groupBy(members, ({ group }) => group)].sort(([a], [b]) => a - b);
  const nodes: ReplicaNode[] = [];
  const links: (readonly [ReplicaNode, ReplicaNode])[] = [];
  const boxes: { x: number; width: number }[] = [];
  let left = 0;
  for (const [, own] of groups) {
    const placed = own.map((member, at) => ({
      member,
      x: left + STEP / 2 + at * STEP,
      y: at % 2 === 0 ? 46 : 104,
      letter: letters.get(member.root) ?? "",
    }));
    placed.forEach((one, at) => {
      for (const other of placed.slice(at + 1)) links.push([one, other]);
    });
    nodes.push(...placed);
    boxes.push({ x: left, width: own.length * STEP });
    left += own.length * STEP + GAP;
  }
  return { nodes, links, groups: boxes, width: Math.max(0, left - GAP), height: HEIGHT };
};
