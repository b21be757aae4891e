import type { Bindings } from "./kernel/bound.ts";
import type { IndexExpr, KernelProtocol, KernelRole } from "./kernel/node.ts";
import { postOrder } from "./kernel/walk.ts";

/** How many sizes are tried while the author types. */
const SAMPLES = 3;

/** What the text itself says about numbers that are only bound when a session opens. */
interface Uses {
  /** The fewest members each family needs for the indices that are written out. */
  readonly least: Map<string, number>;
  readonly rounds: Set<string>;
  readonly rangeEnds: Map<string, string>;
}

const note = (uses: Uses, role: KernelRole): void => {
  const index: IndexExpr | undefined = role.index;
  const needs = (n: number): void => {
    uses.least.set(role.name, Math.max(uses.least.get(role.name) ?? 1, n));
  };
  if (index?.kind === "at") needs(index.index + 1);
  if (index?.kind !== "range") return;
  if (typeof index.end === "number") needs(index.end);
  else uses.rangeEnds.set(index.end, role.name);
};

const usesOf = (protocol: KernelProtocol): Uses => {
  const uses: Uses = { least: new Map(), rounds: new Set(), rangeEnds: new Map() };
  for (const node of postOrder(protocol.body)) {
    if (node.kind === "repeat") uses.rounds.add(node.count);
    if (node.kind === "hidden") note(uses, node.decider);
    if (node.kind === "local") note(uses, node.role);
    if (node.kind === "scope") note(uses, node.owner);
    if (node.kind !== "comm") continue;
    note(uses, node.from);
    for (const branch of node.branches) note(uses, branch.to);
  }
  return uses;
};

/**
 * Numbers to try a protocol with while it is written: three growing sizes,
 * from the smallest that the written indices allow; one sample when nothing is
 * left to bind (model §3). Indices that are names stand for member 0.
 */
export const sampleBindings = (protocol: KernelProtocol): readonly Bindings[] => {
  const open = protocol.roles.filter((role) => typeof role.size === "string");
  if (open.length === 0 && protocol.parameters.length === 0) return [{ families: {}, names: {} }];
  const uses = usesOf(protocol);
  return Array.from({ length: SAMPLES }, (_, k) => {
    const families: Record<string, number> = {};
    const names: Record<string, number> = {};
    for (const name of protocol.parameters) names[name] = uses.rounds.has(name) ? k + 1 : 0;
    for (const [name, family] of uses.rangeEnds) {
      const size = protocol.roles.find((role) => role.name === family)?.size;
      names[name] = typeof size === "number" ? Math.min(k + 1, size) : k + 1;
    }
    for (const { name, size } of open) {
      const members = (uses.least.get(name) ?? 1) + k;
      if (size === "*") families[name] = members;
      else if (typeof size === "string") names[size] = Math.max(names[size] ?? 0, members);
    }
    return { families, names };
  });
};
