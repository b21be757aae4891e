import type { ReferenceRole } from "./role.ts";
import { children, type Protocol } from "./tree.ts";

/** The roles a node mentions, who owns, places or is given something included; what decides an open loop does not count (language.md §13). */
export const ownRoles = (node: Protocol): readonly ReferenceRole[] => {
  switch (node.kind) {
    case "timeout":
      return [node.owner];
    case "let":
      return node.at === undefined ? [] : [node.at];
    case "deed":
      return node.target === undefined ? [] : [node.target];
    default:
      return talkers(node);
  }
};

/** The roles that send, receive or choose at a node. */
export const talkers = (node: Protocol): readonly ReferenceRole[] => {
  switch (node.kind) {
    case "send":
      return [node.from, node.to];
    case "broadcast":
      return [node.from, ...node.to];
    case "choice":
      return [node.decider];
    case "let":
    case "deed":
    case "case":
    case "timeout":
    case "loop":
    case "parallel":
    case "rec":
    case "var":
    case "end":
      return [];
  }
};

/** Every node, parents before children, in source order. */
export const preorder = (node: Protocol): readonly Protocol[] => {
  const found: Protocol[] = [];
  const visit = (at: Protocol): void => {
    found.push(at);
    for (const child of children(at)) visit(child);
  };
  visit(node);
  return found;
};

/** Whether some role mentioned in `node` fits. */
export const mentions = (node: Protocol, fits: (role: ReferenceRole) => boolean): boolean =>
  ownRoles(node).some(fits) || children(node).some((child) => mentions(child, fits));
