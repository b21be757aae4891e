import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { ProjectionCode } from "../projection/codes.ts";
import { projectionDiagnostic } from "../projection/report.ts";
import type { Span } from "../text/span.ts";
import type { Bindings } from "./bound.ts";
import type { IndexExpr, KernelProtocol, KernelRole, KernelRoleDecl } from "./node.ts";

/** The most members a family, and roles a protocol, may have once bound (model §7). */
export const MAX_MEMBERS = 10_000;

/** Who a mention means: one role, or a group that is walked in index order. */
export interface Members {
  readonly group: boolean;
  readonly names: readonly string[];
}

const NOWHERE: Span = { start: 0, end: 0 };

/** Turns mentions of roles into plain role names, reporting what the numbers do not allow. */
export class RoleBinder {
  readonly diagnostics: Diagnostic[] = [];
  private readonly sizes = new Map<string, number | undefined>();
  private readonly reported = new Set<string>();
  private readonly bindings: Bindings;

  constructor(protocol: KernelProtocol, bindings: Bindings) {
    this.bindings = bindings;
    for (const decl of protocol.roles) this.sizes.set(decl.name, this.sizeOf(decl));
  }

  /** Reports once per code and place. */
  report(code: ProjectionCode, span: Span, args: Readonly<Record<string, string>>): void {
    const key = JSON.stringify([code, span, args]);
    if (this.reported.has(key)) return;
    this.reported.add(key);
    this.diagnostics.push(projectionDiagnostic(code, span, { args }));
  }

  /** The size of a family; nothing for a plain role. */
  size(family: string): number | undefined {
    return this.sizes.get(family);
  }

  /** The members of a declared role, in index order. */
  declared(decl: KernelRoleDecl): readonly string[] {
    const size = this.sizes.get(decl.name);
    return size === undefined ? [decl.name] : Array.from({ length: size }, (_, i) => `${decl.name}[${i}]`);
  }

  /** The number of a name, or nothing and a finding. A missing name may be given as a family size of that name. */
  number(name: string, span: Span, least: number, most: number): number | undefined {
    const value = this.bindings.names[name] ?? this.bindings.families[name];
    if (value === undefined) {
      this.report("missingBinding", span, { name });
      return undefined;
    }
    return this.checked(name, value, span, least, most);
  }

  /** Who `role` means; nothing when that was reported. */
  members(role: KernelRole, span: Span): Members | undefined {
    const size = this.sizes.get(role.name);
    if (size === undefined) return { group: false, names: [role.name] };
    const index: IndexExpr = role.index ?? { kind: "all" };
    switch (index.kind) {
      case "all":
        return { group: true, names: this.span(role.name, 0, size) };
      case "at":
        return this.one(role.name, index.index, size, span);
      case "symbolic": {
        const at = this.number(index.name, span, 0, MAX_MEMBERS - 1);
        return at === undefined ? undefined : this.one(role.name, at, size, span);
      }
      case "range":
        return this.range(role.name, index, size, span);
    }
  }

  private sizeOf(decl: KernelRoleDecl): number | undefined {
    const { name, size } = decl;
    if (size === undefined) return undefined;
    if (typeof size === "number") return this.checked(name, size, NOWHERE, 1, MAX_MEMBERS) ?? 1;
    const { families, names } = this.bindings;
    const value = size === "*" ? families[name] : (names[size] ?? families[name] ?? families[size]);
    if (value === undefined) this.report("missingBinding", NOWHERE, { name: size === "*" ? name : size });
    return value === undefined ? 1 : (this.checked(name, value, NOWHERE, 1, MAX_MEMBERS) ?? 1);
  }

  private checked(name: string, value: number, span: Span, least: number, most: number): number | undefined {
    if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
    const args = { name, value: String(value), least: String(least), most: String(most) };
    this.report("sizeOutOfRange", span, args);
    return undefined;
  }

  private span(family: string, start: number, end: number): readonly string[] {
    return Array.from({ length: end - start }, (_, i) => `${family}[${start + i}]`);
  }

  private outside(role: string, index: number, size: number, span: Span): undefined {
    const args = { role, index: String(index), size: String(size), last: String(size - 1) };
    this.report("indexOutsideSize", span, args);
    return undefined;
  }

  private one(family: string, index: number, size: number, span: Span): Members | undefined {
    if (index < 0 || index >= size) return this.outside(family, index, size, span);
    return { group: false, names: [`${family}[${index}]`] };
  }

  private range(
    family: string,
    index: IndexExpr & { kind: "range" },
    size: number,
    span: Span,
  ): Members | undefined {
    const at = (end: number | string): number | undefined =>
      typeof end === "number" ? end : this.number(end, span, 0, MAX_MEMBERS);
    const start = at(index.start);
    const end = at(index.end);
    if (start === undefined || end === undefined) return undefined;
    if (start >= end) {
      this.report("emptyRange", span, { role: family, start: String(start), end: String(end) });
      return undefined;
    }
    if (end > size) return this.outside(family, end - 1, size, span);
    return { group: true, names: this.span(family, start, end) };
  }
}
