import type { CommBranch, Kernel, KernelRole } from "./node.ts";
import { showDeed } from "./show-deed.ts";

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
const MAX_LINES = 2_000;
const MAX_DEPTH = 100;

class Page {
  readonly lines: string[] = [];

  put(depth: number, text: string): void {
    this.lines.push("  ".repeat(depth) + text);
  }

  get full(): boolean {
    return this.lines.length >= MAX_LINES;
  }
}

const writeArms = (page: Page, arms: readonly (readonly [string, Kernel])[], depth: number): void => {
  for (const [title, arm] of arms) {
    page.put(depth, title);
    write(page, arm, depth + 1);
  }
};

/** Follows what comes next in a loop, so that a long protocol needs no deep stack. */
const write = (page: Page, start: Kernel, indent: number): void => {
  let node: Kernel | undefined = start;
  let depth = indent;
  while (node !== undefined) {
    if (page.full || depth > MAX_DEPTH) {
      page.put(depth, "…");
      return;
    }
    if (node.kind === "mu") {
      page.put(depth, `μ ${node.var}.`);
      node = node.body;
      depth += 1;
    } else node = writeHead(page, node, depth);
  }
};

/** Writes the first line or lines of a node; what follows it at the same depth. */
const writeHead = (page: Page, node: Exclude<Kernel, { kind: "mu" }>, depth: number): Kernel | undefined => {
  switch (node.kind) {
    case "end":
      page.put(depth, "end");
      return undefined;
    case "var":
      page.put(depth, node.name);
      return undefined;
    case "repeat":
      writeArms(page, [[`${node.count} times`, node.body]], depth);
      return node.next;
    case "par":
      writeArms(
        page,
        node.arms.map((arm) => ["∥", arm]),
        depth,
      );
      return node.next;
    case "hidden":
      page.put(depth, `${roleName(node.decider)} decides ${node.subject ?? "in silence"}`);
      writeArms(
        page,
        node.branches.map(({ outcome, next }) => [`| ${outcome}`, next]),
        depth,
      );
      return undefined;
    case "local":
      page.put(depth, `${roleName(node.role)}: ${showDeed(node.deed)}`);
      return node.next;
    case "scope":
      page.put(depth, `${roleName(node.owner)} waits at most ${node.millis} ms`);
      writeArms(
        page,
        [["in time", node.body], ...node.exits.map((e): [string, Kernel] => [`| ${e.outcome}`, e.next])],
        depth,
      );
      return undefined;
    case "comm": {
      const [only, other] = node.branches;
      if (only && !other) {
        page.put(depth, `${roleName(node.from)} → ${message(only)}`);
        return only.next;
      }
      page.put(depth, `${roleName(node.from)} decides`);
      writeArms(
        page,
        node.branches.map((branch) => [armTitle(branch), branch.next]),
        depth,
      );
      return undefined;
    }
  }
};

const armTitle = (branch: CommBranch): string =>
  `| → ${message(branch)}${branch.arm && branch.arm !== branch.label ? `   (${branch.arm})` : ""}`;

/**
 * The global type of a protocol as indented lines, for reading; very long
 * ones are cut with `…`.
 *
 * @example showKernel(kernel.body) // ["A → B : Order", "B decides", "| → A : Paid", …]
 */
export const showKernel = (body: Kernel): readonly string[] => {
  const page = new Page();
  write(page, body, 0);
  return page.lines;
};
