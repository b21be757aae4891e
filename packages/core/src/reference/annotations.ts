import type { ReferenceRole } from "./role.ts";
import type { Entry, Protocol } from "./tree.ts";
import { statementEntries, typedEntries } from "./typed-annotation.ts";

/** One annotation of the tree, as `annotations` of a golden lists it (language.md §8). */
export interface AnnotationRecord {
  readonly path: string;
  readonly node_kind: "send" | "broadcast";
  readonly scope: "statement" | "sender";
  readonly role: string;
  readonly peer_roles: readonly string[];
  readonly key: string;
  readonly value: string;
}

interface Edge {
  readonly kind: "send" | "broadcast";
  readonly from: ReferenceRole;
  readonly annotations: readonly Entry[];
}

const records = (edge: Edge, peers: readonly ReferenceRole[], path: string): readonly AnnotationRecord[] => {
  if (edge.annotations.length === 0) return [];
  const peer_roles = peers.map((peer) => peer.name);
  const record =
    (scope: AnnotationRecord["scope"]) =>
    (entry: Entry): AnnotationRecord => ({
      path,
      node_kind: edge.kind,
      scope,
      role: edge.from.name,
      peer_roles,
      ...entry,
    });
  return [
    ...statementEntries(edge.annotations).map(record("statement")),
    ...typedEntries(edge.annotations).map(record("sender")),
  ];
};

/** All annotation records, parents first, arms in source order. */
export const annotationRecords = (tree: Protocol): readonly AnnotationRecord[] => {
  const found: AnnotationRecord[] = [];
  const visit = (node: Protocol, path: string): void => {
    switch (node.kind) {
      case "send":
        found.push(...records(node, [node.to], path));
        visit(node.next, `${path}.continuation`);
        return;
      case "broadcast":
        found.push(...records(node, node.to, path));
        visit(node.next, `${path}.continuation`);
        return;
      case "choice":
        for (const branch of node.branches) visit(branch.body, `${path}.branch[${branch.label}]`);
        return;
      case "loop":
        visit(node.body, `${path}.body`);
        visit(node.next, `${path}.continuation`);
        return;
      case "parallel":
        for (const [i, arm] of node.arms.entries()) visit(arm, `${path}.parallel[${i}]`);
        visit(node.next, `${path}.continuation`);
        return;
      case "rec":
        visit(node.body, `${path}.rec[${node.label}]`);
        return;
      case "var":
      case "end":
        return;
    }
  };
  visit(tree, "root");
  return found;
};
