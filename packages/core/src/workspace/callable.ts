import type { LocalProtocol } from "../constructs/call/node.ts";
import type { Declaration } from "../constructs/declaration.ts";
import { EVERYTHING } from "../constructs/import/parse.ts";
import type { Name } from "../constructs/name.ts";
import type { RoleDecl } from "../constructs/roles/node.ts";
import type { Statement } from "../constructs/statement.ts";
import { blocksOf } from "../constructs/table.ts";
import type { Span } from "../text/span.ts";
import { graft } from "./graft.ts";
import { exposes, type ModuleFile, type Modules, moduleName, offeredBy } from "./modules.ts";

/** A protocol of another module with all it calls, ready to stand among the locals of a caller. */
export interface Callable {
  readonly protocols: readonly LocalProtocol[];
  /** Effects and operations its bodies speak of. */
  readonly support: readonly Declaration[];
  readonly uses: readonly Name[];
  /** Roles that act, as their own file declares them; the first of a name. */
  readonly roles: readonly RoleDecl[];
}

const bodyOf = ({ parsed }: ModuleFile, name: string): readonly Statement[] | undefined => {
  const { protocol } = parsed.file;
  return protocol?.name.text === name
    ? protocol.body
    : protocol?.locals.find((local) => local.name.text === name)?.body;
};

/** The targets of calls in a body, each once. */
export const callsIn = (body: readonly Statement[], found: Set<string> = new Set()): ReadonlySet<string> => {
  for (const statement of body) {
    if (statement.kind === "call") found.add(statement.target.text);
    else for (const block of blocksOf(statement)) callsIn(block, found);
  }
  return found;
};

/** The file a called name comes from: the caller itself, or the module it imports it from. */
const fileOf = (caller: ModuleFile, name: string, modules: Modules): ModuleFile | undefined => {
  if (bodyOf(caller, name) !== undefined) return caller;
  for (const { module, exposing } of caller.parsed.file.imports) {
    const target = modules.byName.get(module.text)?.[0];
    const wanted = exposing?.some(({ text }) => text === name || text === EVERYTHING) ?? false;
    if (target === undefined || !wanted || !exposes(target.parsed.file, name)) continue;
    if (offeredBy(target.parsed.file).some((one) => one.kind === "protocol" && one.name === name))
      return target;
  }
  return undefined;
};

/**
 * Gathers a protocol of another module and what it calls, however deep. What
 * it calls is named after its module, `harbour::Dock`, so that it meets no name
 * of the caller; a circle of calls stays one, for the checker to report.
 * `roles` are those of the caller.
 */
export const callable = (
  target: ModuleFile,
  name: string,
  roles: readonly RoleDecl[],
  at: Span,
  modules: Modules,
): Callable => {
  const gatherer = new Gatherer(roles, at, modules);
  gatherer.add(target, name, name);
  return gatherer.finish();
};

class Gatherer {
  private readonly roles: readonly RoleDecl[];
  private readonly at: Span;
  private readonly modules: Modules;
  private readonly protocols = new Map<string, LocalProtocol>();
  private readonly acting = new Map<string, RoleDecl>();
  private readonly files = new Set<ModuleFile>();

  constructor(roles: readonly RoleDecl[], at: Span, modules: Modules) {
    this.roles = roles;
    this.at = at;
    this.modules = modules;
  }

  add(root: ModuleFile, rootName: string, rootAs: string): void {
    const open = [{ file: root, name: rootName, as: rootAs }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { file, name, as } = next;
      const body = bodyOf(file, name);
      if (body === undefined || this.protocols.has(as)) continue;
      const known = new Map<string, string>();
      for (const called of callsIn(body)) {
        const from = fileOf(file, called, this.modules);
        const renamed = `${(from && moduleName(from)) ?? moduleName(file) ?? file.path}::${called}`;
        known.set(called, renamed);
        if (from !== undefined) open.push({ file: from, name: called, as: renamed });
      }
      this.put(file, as, body, known);
    }
  }

  private put(
    file: ModuleFile,
    as: string,
    body: readonly Statement[],
    known: ReadonlyMap<string, string>,
  ): void {
    const { at } = this;
    const declared = file.parsed.file.protocol?.roles ?? [];
    const same =
      declared.length === this.roles.length &&
      declared.every((role, i) => role.name.text === this.roles[i]?.name.text);
    const grafted = graft(body, {
      at,
      rename: (target) => known.get(target) ?? target,
      ...(same ? {} : { everyone: declared }),
    });
    this.protocols.set(as, { kind: "localProtocol", name: { text: as, span: at }, body: grafted, span: at });
    this.files.add(file);
    const acting = new Set<string>();
    roleNames(grafted, acting);
    for (const role of declared) {
      if (acting.has(role.name.text) && !this.acting.has(role.name.text))
        this.acting.set(role.name.text, role);
    }
  }

  finish(): Callable {
    const support: Declaration[] = [];
    const uses: Name[] = [];
    for (const { parsed } of this.files) {
      for (const node of parsed.file.declarations) {
        if (node.kind === "effect" || node.kind === "operation") support.push(graft(node, { at: this.at }));
      }
      for (const name of parsed.file.protocol?.uses ?? []) uses.push({ text: name.text, span: this.at });
    }
    return { protocols: [...this.protocols.values()], support, uses, roles: [...this.acting.values()] };
  }
}

/** The roles mentioned anywhere in a tree. */
function roleNames(tree: unknown, found: Set<string>): void {
  if (typeof tree !== "object" || tree === null) return;
  if ("kind" in tree && tree.kind === "roleRef" && "name" in tree) {
    found.add((tree.name as { readonly text: string }).text);
    return;
  }
  for (const part of Object.values(tree)) roleNames(part, found);
}
