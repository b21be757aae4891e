import { declared } from "../constructs/declaration.ts";
import type { SourceFile } from "../constructs/protocol/node.ts";
import { children, type Protocol, timeoutBlocks } from "./tree.ts";

const heading = (node: Protocol): string => {
  switch (node.kind) {
    case "send":
      return `send ${node.from.name} -> ${node.to.name} : ${node.message}`;
    case "broadcast":
      return `broadcast ${node.from.name} ->* : ${node.message}`;
    case "choice":
      return `choice ${node.decider.name} at`;
    case "let":
      return `let ${node.name} = ...`;
    case "deed":
      return node.text;
    case "case":
      return "case/of";
    case "timeout":
      return "timeout";
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
const follows = (node: Protocol): readonly Part[] => (node.kind === "end" ? [] : [{ node }]);

interface Part {
  /** A line of its own above the part: the arm it is. */
  readonly title?: string;
  readonly node: Protocol;
}

const parts = (node: Protocol): readonly Part[] => {
  switch (node.kind) {
    case "choice":
    case "case":
      return node.branches.map(({ label, body }) => ({ title: `branch ${label}`, node: body }));
    case "parallel":
      return [...node.arms.map((arm, i) => ({ title: `branch#${i}`, node: arm })), ...follows(node.next)];
    case "loop":
      return [{ node: node.body }, ...follows(node.next)];
    case "timeout":
      return [...timeoutBlocks(node).map((block) => ({ node: block })), ...follows(node.next)];
    case "let":
    case "deed":
    case "send":
    case "broadcast":
    case "rec":
    case "var":
    case "end":
      return children(node).map((child) => ({ node: child }));
  }
};

const treeLines = (tree: Protocol): readonly string[] => {
  const lines: string[] = [];
  const line = (depth: number, text: string): void => {
    lines.push("  ".repeat(depth) + text);
  };
  const visit = (node: Protocol, depth: number): void => {
    line(depth, `- ${heading(node)}`);
    for (const part of parts(node)) {
      if (part.title !== undefined) line(depth + 1, part.title);
      visit(part.node, part.title === undefined ? depth + 1 : depth + 2);
    }
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
      declared(file, "proofBundle").map((bundle) => bundle.name.text),
    ),
    ...list(
      "Required bundles",
      (file.protocol?.requires ?? []).map((required) => required.text),
    ),
    "Lowering:",
    ...treeLines(tree),
  ];
};
