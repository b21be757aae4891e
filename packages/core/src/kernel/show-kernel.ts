import type { CommBranch, Kernel, KernelRole } from "./node.ts";

const roleName = ({ name, index }: KernelRole): string => {
  if (index === undefined) return name;
  switch (index.kind) {
    case "at":
      return `${name}[${index.index}]`;
    case "symbolic":
      return `${name}[${index.name}]`;
    case "all":
      return `${name}[*]`;
    case "range":
      return `${name}[${index.start}..${index.end}]`;
  }
};

const message = (branch: CommBranch): string =>
  `${roleName(branch.to)} : ${branch.label}${branch.payload.text === "" ? "" : `(${branch.payload.text})`}`;

/** Continuations are shared in the kernel and written out here, so a text needs an end. */
const LINE_LIMIT = 2_000;

/**
 * The global type of a protocol as indented lines, for reading.
 *
 * @example showKernel(kernel.body) // ["A → B : Order", "B → A", "  Paid. end", …]
 */
export const showKernel = (body: Kernel): readonly string[] => {
  const lines: string[] = [];
  const write = (node: Kernel, depth: number): void => {
    if (lines.length > LINE_LIMIT) return;
    const put = (text: string): number => lines.push("  ".repeat(depth) + text);
    switch (node.kind) {
      case "end":
        put("end");
        return;
      case "var":
        put(node.name);
        return;
      case "mu":
        put(`μ ${node.var}.`);
        write(node.body, depth + 1);
        return;
      case "repeat":
        put(`${node.count} times`);
        write(node.body, depth + 1);
        write(node.next, depth);
        return;
      case "par":
        for (const arm of node.arms) {
          put("∥");
          write(arm, depth + 1);
        }
        write(node.next, depth);
        return;
      case "hidden":
        put(`${roleName(node.decider)} decides in silence`);
        for (const { outcome, next } of node.branches) {
          put(`| ${outcome}`);
          write(next, depth + 1);
        }
        return;
      case "comm": {
        const [only, other] = node.branches;
        if (only && !other) {
          put(`${roleName(node.from)} → ${message(only)}`);
          write(only.next, depth);
          return;
        }
        put(`${roleName(node.from)} decides`);
        for (const branch of node.branches) {
          put(
            `| → ${message(branch)}${branch.arm && branch.arm !== branch.label ? `   (${branch.arm})` : ""}`,
          );
          write(branch.next, depth + 1);
        }
      }
    }
  };
  write(body, 0);
  if (lines.length > LINE_LIMIT) lines.push("…");
  return lines;
};
