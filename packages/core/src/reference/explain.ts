import type { SourceFile } from "../constructs/protocol/node.ts";
import { children, type Protocol } from "./tree.ts";

const heading = (node: Protocol): string => {
  switch (node.kind) {
    case "send":
      return `send ${node.from.name} -> ${node.to.name} : ${node.message}`;
    case "broadcast":
      return `broadcast ${node.from.name} ->* : ${node.message}`;
    case "choice":
      return `choice ${node.decider.name} at`;
    case "loop":
      return "loop";
    case "parallel":
      return "parallel";
    case "rec":
      return `rec ${node.label}`;
    case "var":
      return `continue ${node.label}`;
    case "end":
      return "end";
  }
};

/** A kept continuation of a loop or par: printed only when there is one, so that the form stays the reference's. */
const follows = (node: Protocol): readonly Protocol[] => (node.kind === "end" ? [] : [node]);

const below = (node: Protocol): readonly Protocol[] => {
  switch (node.kind) {
    case "loop":
      return [node.body, ...follows(node.next)];
    case "parallel":
      return follows(node.next);
    default:
      return children(node);
  }
};

const named = (node: Protocol): readonly (readonly [string, Protocol])[] => {
  switch (node.kind) {
    case "choice":
      return node.branches.map((branch) => [`branch ${branch.label}`, branch.body]);
    case "parallel":
      return node.arms.map((arm, i) => [`branch#${i}`, arm]);
    default:
      return [];
  }
};

const treeLines = (tree: Protocol): readonly string[] => {
  const lines: string[] = [];
  const visit = (node: Protocol, depth: number): void => {
    lines.push(`${"  ".repeat(depth)}- ${heading(node)}`);
    for (const [name, arm] of named(node)) {
      lines.push(`${"  ".repeat(depth + 1)}${name}`);
      visit(arm, depth + 2);
    }
    for (const next of node.kind === "choice" ? [] : below(node)) visit(next, depth + 1);
  };
  visit(tree, 1);
  return lines;
};

const list = (title: string, names: readonly string[]): readonly string[] =>
  names.length === 0 ? [] : [`${title}: ${names.join(", ")}`];

/** The explain report: what the source lowered to, as text lines (language.md §17). */
export const explain = (file: SourceFile, tree: Protocol): readonly string[] => {
  const name = file.protocol?.name.text ?? "";
  const roles = (file.protocol?.roles ?? []).map((role) => role.name.text);
  return [
    `Protocol: ${file.module === undefined ? name : `${file.module.name.text}::${name}`}`,
    `Roles: ${roles.join(", ")}`,
    ...list(
      "Proof bundles",
      file.bundles.map((bundle) => bundle.name.text),
    ),
    ...list(
      "Required bundles",
      (file.protocol?.requires ?? []).map((required) => required.text),
    ),
    "Lowering:",
    ...treeLines(tree),
  ];
};
