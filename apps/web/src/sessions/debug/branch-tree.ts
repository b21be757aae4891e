import type { SessionSummary } from "@parley/wire/http";

/** One session of a family of branches, as the picture draws it. */
export interface BranchNode {
  readonly session: SessionSummary;
  /** Line of the picture, the root's is 0. */
  readonly line: number;
  /** Line of its parent. */
  readonly from: number | undefined;
  /** Positions at which it begins and ends. */
  readonly start: number;
  readonly end: number;
}

/**
 * The family of a session: its first ancestor, and every branch of that and of
 * those, each below its parent in the order it left.
 */
export const branchTree = (sessions: readonly SessionSummary[], id: string): readonly BranchNode[] => {
  const byId = new Map(sessions.map((session) => [session.id, session]));
  let root = byId.get(id);
  const seen = new Set<string>();
  while (root?.parent && byId.has(root.parent.id) && !seen.has(root.id)) {
    seen.add(root.id);
    root = byId.get(root.parent.id);
  }
  if (root === undefined) return [];
  const children = Map.groupBy(sessions, ({ parent }) => parent?.id ?? "");
  const nodes: BranchNode[] = [];
  const add = (session: SessionSummary, from: number | undefined): void => {
    const line = nodes.length;
    const start = session.parent?.at ?? 0;
    nodes.push({
      session,
      line,
      from,
      start: from === undefined ? 0 : start,
      end: Math.max(session.head, start),
    });
    const own = [...(children.get(session.id) ?? [])].sort(
      (a, b) => (a.parent?.at ?? 0) - (b.parent?.at ?? 0) || a.createdAt - b.createdAt,
    );
    for (const child of own) add(child, line);
  };
  add(root, undefined);
  return nodes;
};
