import type { LocalProtocol } from "../constructs/call/node.ts";
import type { ProtocolDecl } from "../constructs/protocol/node.ts";
import type { RoleDecl, RoleRef } from "../constructs/roles/node.ts";
import type { Statement } from "../constructs/statement.ts";
import type { CodeName } from "../diagnostics/codes.ts";
import type { Fix } from "../diagnostics/diagnostic.ts";
import type { DiagnosticSink, ReportOptions } from "../diagnostics/sink.ts";
import type { Span } from "../text/span.ts";
import { suggest } from "./suggest.ts";

/** Names of one protocol, and the findings about their use. Each construct checks itself with it. */
export class Checker {
  readonly protocol: ProtocolDecl;
  /** Declared roles by name; the first of duplicates. */
  readonly roles: ReadonlyMap<string, RoleDecl>;
  /** Local protocols by name; the first of duplicates. */
  readonly locals: ReadonlyMap<string, LocalProtocol>;
  /** Roles mentioned in the body being checked. */
  mentioned = new Set<string>();
  /** The module of the file, for suggestions. */
  namespace: string | undefined;
  /** A broadcast in the body being checked mentions every role. */
  everyoneMentioned = false;
  /** Some role that was mentioned is not declared. */
  unresolved = false;
  private roleNames: readonly string[] | undefined;
  private readonly suggestions = new Map<string, { readonly name: string | undefined }>();
  private readonly sink: DiagnosticSink;
  private readonly checkStatement: (statement: Statement, c: Checker) => void;

  constructor(
    protocol: ProtocolDecl,
    sink: DiagnosticSink,
    checkStatement: (statement: Statement, c: Checker) => void,
  ) {
    this.protocol = protocol;
    this.sink = sink;
    this.checkStatement = checkStatement;
    const roles = new Map<string, RoleDecl>();
    for (const role of protocol.roles) if (!roles.has(role.name.text)) roles.set(role.name.text, role);
    this.roles = roles;
    const locals = new Map<string, LocalProtocol>();
    for (const local of protocol.locals) if (!locals.has(local.name.text)) locals.set(local.name.text, local);
    this.locals = locals;
  }

  report(name: CodeName, span: Span, options?: ReportOptions): void {
    this.sink.report(name, span, options);
  }

  /** Whether findings are only counted by now. */
  get full(): boolean {
    return this.sink.full;
  }

  statements(body: readonly Statement[]): void {
    for (const statement of body) this.checkStatement(statement, this);
  }

  /** Resolves a mention by base name, notes its use, and reports it when unknown. */
  resolve(ref: RoleRef): RoleDecl | undefined {
    const name = ref.name.text;
    const role = this.roles.get(name);
    if (role !== undefined) {
      this.mentioned.add(name);
      return role;
    }
    this.unresolved = true;
    if (this.full) {
      this.report("undefinedRole", ref.span);
      return undefined;
    }
    const best = this.suggestRole(name);
    this.report("undefinedRole", ref.span, {
      args: { role: name },
      hint: best === undefined ? undefined : `did you mean \`${best}\`?`,
      fix: best === undefined ? this.declaration(name) : replaceBy(ref.name.span, best),
    });
    return undefined;
  }

  private suggestRole(name: string): string | undefined {
    this.roleNames ??= [...this.roles.keys()];
    let best = this.suggestions.get(name);
    if (best === undefined) {
      best = { name: suggest(name, this.roleNames) };
      this.suggestions.set(name, best);
    }
    return best.name;
  }

  /** The edit that adds a role to the declared ones. */
  private declaration(name: string): Fix | undefined {
    const last = this.protocol.roles.at(-1);
    if (last === undefined) return undefined;
    const at = { start: last.span.end, end: last.span.end };
    return { title: `Declare the role \`${name}\``, edits: [{ span: at, text: `, ${name}` }] };
  }
}

export const replaceBy = (span: Span, text: string): Fix => ({
  title: `Replace by \`${text}\``,
  edits: [{ span, text }],
});
