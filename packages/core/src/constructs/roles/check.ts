import type { Checker } from "../../resolve/checker.ts";
import type { RangeEnd, RoleDecl, RoleIndex, RoleRef } from "./node.ts";
import { printRoleRef } from "./print.ts";

/** Limits of families (model §7, language chapter §5). */
export const roleLimits = { count: 10_000, index: 9_999, range: 1_000 } as const;

/** Checks the declared roles: names once, sizes within limits. */
export function checkRoleDecls(roles: readonly RoleDecl[], c: Checker): void {
  for (const role of roles) {
    const first = c.roles.get(role.name.text);
    if (first !== undefined && first !== role) {
      c.report("duplicateRole", role.span, {
        args: { role: role.name.text },
        related: [{ span: first.span, message: "declared here first" }],
      });
    }
    if (role.param?.kind === "static" && role.param.count > roleLimits.count) {
      c.report("countOverflow", role.param.span, {
        args: { count: String(role.param.count), limit: String(roleLimits.count) },
      });
    }
  }
}

/** Resolves a mention and checks its index against limits and the declared size. */
export function checkRoleRef(ref: RoleRef, c: Checker): RoleDecl | undefined {
  const within = ref.index === undefined || checkLimits(ref, ref.index, c);
  const role = c.resolve(ref);
  if (role === undefined || ref.index === undefined || !within) return role;
  if (role.param === undefined) {
    c.report("notAFamily", ref.span, {
      args: { role: role.name.text, index: printRoleRef(ref).slice(role.name.text.length) },
      related: [{ span: role.span, message: "declared as one role" }],
      fix: {
        title: "Remove the index",
        edits: [{ span: { start: ref.name.span.end, end: ref.span.end }, text: "" }],
      },
    });
  } else if (role.param.kind === "static") {
    checkBounds(ref, ref.index, role, role.param.count, c);
  }
  return role;
}

function checkLimits(ref: RoleRef, index: RoleIndex, c: Checker): boolean {
  const overflow = (value: RangeEnd): boolean => {
    if (typeof value === "string" || value <= roleLimits.index) return false;
    c.report("indexOverflow", ref.span, { args: { count: String(value), limit: String(roleLimits.index) } });
    return true;
  };
  if (index.kind === "at") return !overflow(index.index);
  if (index.kind !== "range") return true;
  const { start, end } = index;
  if (overflow(start) || overflow(end)) return false;
  if (typeof start === "string" || typeof end === "string") return true;
  if (start >= end) {
    c.report("emptyRange", ref.span, { args: { start: String(start), end: String(end) } });
    return false;
  }
  if (end - start > roleLimits.range) {
    c.report("rangeOverflow", ref.span, {
      args: { count: String(end - start), limit: String(roleLimits.range) },
    });
    return false;
  }
  return true;
}

function checkBounds(ref: RoleRef, index: RoleIndex, role: RoleDecl, count: number, c: Checker): void {
  const highest = index.kind === "at" ? index.index : index.kind === "range" ? lastOf(index) : undefined;
  if (highest === undefined || highest < count) return;
  c.report("indexOutOfRange", ref.span, {
    args: { index: String(highest), role: role.name.text, last: String(count - 1) },
    related: [{ span: role.span, message: `declared with ${count} members` }],
  });
}

function lastOf(range: { readonly start: RangeEnd; readonly end: RangeEnd }): number | undefined {
  if (typeof range.end === "number") return range.end - 1;
  return typeof range.start === "number" ? range.start : undefined;
}

/** Whether a mention means many members at once: a plain family name, `[*]` or a range. */
export const meansMany = (ref: RoleRef, role: RoleDecl): boolean =>
  role.param !== undefined &&
  (ref.index === undefined || ref.index.kind === "all" || ref.index.kind === "range");

/** A decision is made by one role or one member, never by a whole family. */
export function checkDecider(ref: RoleRef, c: Checker): void {
  const role = checkRoleRef(ref, c);
  if (role !== undefined && meansMany(ref, role)) {
    c.report("familyDecides", ref.span, {
      args: { role: role.name.text },
      related: [{ span: role.span, message: "declared as a family" }],
    });
  }
}

/** The canonical spelling of a mention: a plain family name is `[*]`. */
export const canonicalRef = (ref: RoleRef, role: RoleDecl): string =>
  ref.index === undefined && role.param !== undefined ? `${ref.name.text}[*]` : printRoleRef(ref);
