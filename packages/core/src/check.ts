import { checkDeclarations } from "./constructs/check-declarations.ts";
import { declared } from "./constructs/declaration.ts";
import { DeclarationChecker } from "./constructs/declaration-checker.ts";
import { checkModule } from "./constructs/module/check.ts";
import { checkBundles } from "./constructs/proof-bundle/check.ts";
import type { ProtocolDecl, SourceFile } from "./constructs/protocol/node.ts";
import { checkRoleDecls, checkRoleRef } from "./constructs/roles/check.ts";
import type { RoleRef } from "./constructs/roles/node.ts";
import { checkStatement } from "./constructs/table.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { DiagnosticSink } from "./diagnostics/sink.ts";
import { type ParseResult, parse } from "./parse.ts";
import { Checker } from "./resolve/checker.ts";
import { checkFlow } from "./resolve/flow.ts";
import { type CallGraph, checkLocals } from "./resolve/locals.ts";
import { checkValues, type Surroundings } from "./resolve/values.ts";
import { aboutImported, type Imported, nothingImported, withImported } from "./workspace/imported.ts";

/**
 * Checks a tree that `parse` gave: names, structure, recursion, bundles and
 * annotations (language chapter §5–§9 and §13, design §5). Whether it can be
 * projected is not asked here. Returns findings in order of place.
 *
 * `syntax` are the findings of `parse`: when some of the text could not be
 * read, nothing is said about roles that seem unused or a body that seems
 * empty. `source` is the text itself; fixes that add lines need its indentation.
 * `imported` is what the file gets from other modules of its workspace; without
 * it, imports are only named as not looked at.
 */
export function check(
  file: SourceFile,
  syntax: readonly Diagnostic[] = [],
  source?: string,
  imported?: Imported,
): readonly Diagnostic[] {
  const sink = new DiagnosticSink();
  checkModule(file, imported === undefined, sink);
  const seen = withImported(file, imported ?? nothingImported);
  const whole = !syntax.some((d) => d.severity === "error");
  const unread = syntax.filter((d) => d.severity === "error").map((d) => d.span);
  const around: Surroundings = { file: seen, unread, source };
  const body = (protocol: ProtocolDecl, owner: RoleRef): void =>
    checkOperationBody(protocol, owner, around, sink);
  checkDeclarations(file.declarations, new DeclarationChecker(seen, sink, body, unread));
  if (seen.protocol !== undefined) checkProtocol(seen.protocol, around, whole, sink);
  return aboutImported(sink.finish(), file);
}

/**
 * Reads and checks a text: the result of `parse` with the findings of both.
 *
 * @example
 * const { file, diagnostics } = parseAndCheck("protocol Ping =\n  roles A, B\n  A -> B : Ping\n");
 */
export function parseAndCheck(source: string): ParseResult {
  const result = parse(source);
  const checked = check(result.file, result.diagnostics, source);
  if (checked.length === 0) return result;
  const diagnostics = [...result.diagnostics, ...checked].sort((a, b) => a.span.start - b.span.start);
  return { ...result, diagnostics };
}

function checkProtocol(
  protocol: ProtocolDecl,
  around: Surroundings,
  whole: boolean,
  sink: DiagnosticSink,
): void {
  const { file } = around;
  const c = new Checker(protocol, sink, checkStatement);
  c.namespace = file.module?.name.text;
  checkRoleDecls(protocol.roles, c);
  checkBundles(declared(file, "proofBundle"), protocol.requires, c);
  const graph = checkLocals(c);
  const used = checkBodies(c, graph);
  checkFlow(c, graph);
  checkValues(c, graph, around);
  if (whole) checkUse(c, used);
}

/** The body of an operation is checked like that of a protocol with the same roles and without locals. */
function checkOperationBody(
  protocol: ProtocolDecl,
  owner: RoleRef,
  around: Surroundings,
  sink: DiagnosticSink,
): void {
  const c = new Checker(protocol, sink, checkStatement);
  c.namespace = around.file.module?.name.text;
  checkRoleRef(owner, c);
  const graph = checkLocals(c);
  checkBodies(c, graph);
  checkFlow(c, graph);
  checkValues(c, graph, around);
}

/** Checks each body once. Gives the roles mentioned in the main body and in local protocols it reaches. */
function checkBodies(c: Checker, graph: CallGraph): ReadonlySet<string> {
  c.statements(c.protocol.body);
  const used = c.mentioned;
  let everyone = c.everyoneMentioned;
  for (const local of c.protocol.locals) {
    const reached = graph.reached.has(local.name.text);
    c.mentioned = reached ? used : new Set();
    c.everyoneMentioned = false;
    c.statements(local.body);
    everyone ||= reached && c.everyoneMentioned;
  }
  return everyone ? new Set(c.roles.keys()) : used;
}

function checkUse(c: Checker, used: ReadonlySet<string>): void {
  const { protocol } = c;
  const name = protocol.name.text;
  if (protocol.roles.length === 0 && !c.unresolved) {
    c.report("noRoles", protocol.name.span);
    return;
  }
  if (protocol.body.length === 0) {
    c.report("emptyProtocol", protocol.name.span, { args: { protocol: name } });
    return;
  }
  for (const [role, decl] of c.roles) {
    if (used.has(role)) continue;
    c.report("unusedRole", decl.span, { args: { role, protocol: name } });
  }
}
