import type { Name } from "../constructs/name.ts";
import type { RoleDecl } from "../constructs/roles/node.ts";
import { printRoleDecl } from "../constructs/roles/print.ts";
import type { Statement } from "../constructs/statement.ts";
import { blocksOf } from "../constructs/table.ts";
import type { DiagnosticSink } from "../diagnostics/sink.ts";
import type { Span } from "../text/span.ts";
import { type Callable, callable } from "./callable.ts";
import { type ModuleFile, type Modules, moduleName } from "./modules.ts";

/** Who calls. */
export interface CalledFrom {
  readonly file: ModuleFile;
  readonly modules: Modules;
  readonly sink: DiagnosticSink;
}

interface Wanted {
  readonly name: string;
  readonly from: ModuleFile;
  readonly asked: Name;
}

/**
 * Gathers a called protocol of another module. Its roles are matched by name:
 * all of them must be declared by the caller, and as the same kind of role.
 * Where they are not, every call of it is a finding, and it stands there empty
 * so that nothing more is said about its body.
 */
export const checkCalled = (wanted: Wanted, { file, modules, sink }: CalledFrom): Callable => {
  const { protocol } = file.parsed.file;
  const roles = protocol?.roles ?? [];
  const found = callable(wanted.from, wanted.name, roles, wanted.asked.span, modules);
  const module = moduleName(wanted.from) ?? wanted.from.path;
  const missing = found.roles.filter((role) => !roles.some((own) => own.name.text === role.name.text));
  const places = protocol === undefined ? [] : callsOf(wanted.name, protocol);
  if (missing.length > 0) {
    const names = missing.map((role) => `\`${role.name.text}\``).join(", ");
    const args = { name: wanted.name, module, roles: names, protocol: protocol?.name.text ?? "" };
    for (const span of places)
      sink.report("importMissingRoles", span, { args, fix: declare(missing, roles) });
  }
  let differs = false;
  for (const theirs of found.roles) {
    const ours = roles.find((own) => own.name.text === theirs.name.text);
    if (ours === undefined || sameShape(theirs, ours)) continue;
    differs = true;
    const args = {
      role: theirs.name.text,
      name: wanted.name,
      module,
      theirs: shapeOf(theirs),
      ours: shapeOf(ours),
    };
    for (const span of places) sink.report("importRoleShape", span, { args });
  }
  if (missing.length === 0 && !differs) return found;
  const empty = found.protocols.slice(0, 1).map((local) => ({ ...local, body: [] }));
  return { ...found, protocols: empty };
};

const callsOf = (
  name: string,
  protocol: {
    readonly body: readonly Statement[];
    readonly locals: readonly { readonly body: readonly Statement[] }[];
  },
): readonly Span[] => {
  const spans: Span[] = [];
  const visit = (body: readonly Statement[]): void => {
    for (const statement of body) {
      if (statement.kind === "call" && statement.target.text === name) spans.push(statement.target.span);
      for (const block of blocksOf(statement)) visit(block);
    }
  };
  visit(protocol.body);
  for (const local of protocol.locals) visit(local.body);
  return spans;
};

/** The edit that adds the roles to those declared. */
const declare = (missing: readonly RoleDecl[], roles: readonly RoleDecl[]) => {
  const last = roles.at(-1);
  if (last === undefined) return undefined;
  const text = missing.map((role) => `, ${printRoleDecl(role)}`).join("");
  const span = { start: last.span.end, end: last.span.end };
  const title = `Declare ${missing.map((role) => `\`${role.name.text}\``).join(", ")}`;
  return { title, edits: [{ span, text }] };
};

/** One role is not a family, and families of different fixed sizes are different; open sizes fit any. */
const sameShape = (theirs: RoleDecl, ours: RoleDecl): boolean => {
  if ((theirs.param === undefined) !== (ours.param === undefined)) return false;
  if (theirs.param?.kind !== "static" || ours.param?.kind !== "static") return true;
  return theirs.param.count === ours.param.count;
};

const shapeOf = ({ param }: RoleDecl): string => {
  if (param === undefined) return "one role";
  return param.kind === "static" ? `a family of ${param.count}` : "a family";
};
