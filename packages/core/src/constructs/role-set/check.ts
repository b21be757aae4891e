import { declared } from "../declaration.ts";
import type { DeclarationChecker } from "../declaration-checker.ts";
import type { Name } from "../name.ts";
import type { RoleSet } from "./node.ts";

/** Members exist, ranges hold members, and no set is made of itself. */
export function checkRoleSet(node: RoleSet, c: DeclarationChecker): void {
  const { subset } = node;
  if (subset === undefined) checkMembers(node.members, "role set", node.name.text, c);
  else checkSubset(node, subset, c);
  const cycle = cycleFrom(node, c);
  if (cycle !== undefined) {
    c.report("circularRoleSet", node.name.span, {
      args: { name: node.name.text, cycle: cycle.join(" → ") },
    });
  }
}

/** Members of a set or a topology are declared roles or role sets. Without a protocol there is nothing to compare with. */
export function checkMembers(
  members: readonly Name[],
  what: string,
  of: string,
  c: DeclarationChecker,
): void {
  if (c.protocol === undefined || c.protocol.rolesFrom === "none") return;
  const sets = declared(c.file, "roleSet").map((set) => set.name.text);
  const known = [...c.protocol.roles.map((role) => role.name.text), ...sets];
  for (const member of members) {
    if (!known.includes(member.text)) c.reportUnknown(member, known, "unknownMember", { what, of });
  }
}

function checkSubset(node: RoleSet, subset: NonNullable<RoleSet["subset"]>, c: DeclarationChecker): void {
  const { of, start, end } = subset;
  const args = { start: String(start), end: String(end) };
  if (start >= end) c.report("emptySubset", node.span, { args });
  const whole = c.need("roleSet", of, "unknownRoleSet");
  const count = whole === undefined ? undefined : sizeOf(whole, c, new Set());
  if (count !== undefined && end > count && start < end) {
    c.report("subsetOutside", node.span, {
      args: { ...args, name: of.text, count: String(count) },
      related: whole === undefined ? [] : [{ span: whole.name.span, message: `has ${count} members` }],
    });
  }
}

/** How many roles a set has, when it can be known: a family of open size, an unknown name or a circle has no number. */
function sizeOf(set: RoleSet, c: DeclarationChecker, above: ReadonlySet<string>): number | undefined {
  if (set.subset !== undefined) return Math.max(0, set.subset.end - set.subset.start);
  if (above.has(set.name.text)) return undefined;
  const inside = new Set([...above, set.name.text]);
  let total = 0;
  for (const member of set.members) {
    const role = c.protocol?.roles.find((known) => known.name.text === member.text);
    const nested = role === undefined ? c.find("roleSet", member.text) : undefined;
    const count = role === undefined ? nested && sizeOf(nested, c, inside) : roleCount(role.param);
    if (count === undefined) return undefined;
    total += count;
  }
  return total;
}

const roleCount = (
  param: { readonly kind: string; readonly count?: number } | undefined,
): number | undefined => (param === undefined ? 1 : param.kind === "static" ? param.count : undefined);

/** The way from a set back to itself, if there is one. */
function cycleFrom(set: RoleSet, c: DeclarationChecker): readonly string[] | undefined {
  const name = set.name.text;
  const seen = new Set<string>();
  const open: (readonly string[])[] = [[name]];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const at = c.find("roleSet", path.at(-1) ?? name);
    if (at === undefined) continue;
    for (const next of at.subset === undefined ? at.members : [at.subset.of]) {
      if (next.text === name && !c.protocol?.roles.some((role) => role.name.text === name))
        return [...path, name];
      if (seen.has(next.text)) continue;
      seen.add(next.text);
      open.push([...path, next.text]);
    }
  }
  return undefined;
}
