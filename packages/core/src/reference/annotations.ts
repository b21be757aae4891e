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

/** The records of the node itself. */
const own = (node: Protocol, path: string): readonly AnnotationRecord[] => {
  if (node.kind === "send") return records(node, [node.to], path);
  return node.kind === "broadcast" ? records(node, node.to, path) : [];
};

/** The nodes below, each with its path. */
const places = (node: Protocol, path: string): readonly (readonly [Protocol, string])[] => {
  switch (node.kind) {
    case "send":
    case "broadcast":
    case "let":
    case "deed":
      return [[node.next, `${path}.continuation`]];
    case "case":
      return node.branches.map(({ label, body }) => [body, `${path}.case[${label}]`]);
    case "timeout":
      return [
        [node.body, `${path}.timeout.body`],
        [node.onTimeout, `${path}.timeout.on_timeout`],
        ...(node.onCancel === undefined ? [] : [[node.onCancel, `${path}.timeout.on_cancel`] as const]),
        [node.next, `${path}.continuation`],
      ];
    case "choice":
      return node.branches.map(({ label, body }) => [body, `${path}.branch[${label}]`]);
    case "loop":
      return [
        [node.body, `${path}.body`],
        [node.next, `${path}.continuation`],
      ];
    case "parallel":
      return [
        ...node.arms.map((arm, i) => [arm, `${path}.parallel[${i}]`] as const),
        [node.next, `${path}.continuation`],
      ];
    case "rec":
      return [[node.body, `${path}.rec[${node.label}]`]];
    case "var":
    case "end":
      return [];
  }
};

/** All annotation records, parents first, arms in source order. */
export const annotationRecords = (tree: Protocol): readonly AnnotationRecord[] => {
  const found: AnnotationRecord[] = [];
  const visit = (node: Protocol, path: string): void => {
    found.push(...own(node, path));
    for (const [below, place] of places(node, path)) visit(below, place);
  };
  visit(tree, "root");
  return found;
};
