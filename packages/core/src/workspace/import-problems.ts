import type { Import } from "../constructs/import/node.ts";
import { EVERYTHING } from "../constructs/import/parse.ts";
import type { Name } from "../constructs/name.ts";
import type { Fix } from "../diagnostics/diagnostic.ts";
import type { DiagnosticSink } from "../diagnostics/sink.ts";
import { suggest } from "../resolve/suggest.ts";
import { compareText } from "../theory/label.ts";
import { exposes, type ModuleFile, type Modules, moduleName, offeredBy } from "./modules.ts";

const replaceBy = (name: Name, best: string | undefined): Fix | undefined =>
  best === undefined
    ? undefined
    : { title: `Replace by \`${best}\``, edits: [{ span: name.span, text: best }] };

const list = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");

/** The module of an import, or the finding that there is none. */
export function findModule(node: Import, modules: Modules, sink: DiagnosticSink): ModuleFile | undefined {
  const name = node.module.text;
  const found = modules.byName.get(name)?.[0];
  if (found !== undefined) return found;
  const known = [...modules.byName.keys()].sort(compareText);
  const best = suggest(name, known);
  const shown = known.length === 0 ? "; it has no modules" : `; it has ${list(known.slice(0, 12))}`;
  sink.report("unknownModule", node.module.span, {
    args: { name, known: shown },
    hint: best === undefined ? undefined : `did you mean \`${best}\`?`,
    fix: replaceBy(node.module, best),
  });
  return undefined;
}

/** The module name of this file is that of no other. */
export function checkModuleName(file: ModuleFile, modules: Modules, sink: DiagnosticSink): void {
  const { module } = file.parsed.file;
  if (module === undefined) return;
  const others = (modules.byName.get(module.name.text) ?? []).filter((other) => other.path !== file.path);
  if (others.length === 0) return;
  const paths = others.map((other) => other.path).join(", ");
  sink.report("moduleNameTwice", module.name.span, { args: { module: module.name.text, others: paths } });
}

/** Whether the import leads back to its own file; the circle is reported by name. */
export function checkCircle(
  node: Import,
  file: ModuleFile,
  target: ModuleFile,
  modules: Modules,
  sink: DiagnosticSink,
): void {
  const own = moduleName(file);
  if (own === undefined) return;
  const cameFrom = new Map<ModuleFile, ModuleFile | undefined>([[target, undefined]]);
  const open = [target];
  for (let i = 0; i < open.length; i++) {
    const at = open[i];
    if (at === undefined) break;
    for (const next of at.parsed.file.imports) {
      const to = modules.byName.get(next.module.text)?.[0];
      if (to === undefined || cameFrom.has(to)) continue;
      cameFrom.set(to, at);
      open.push(to);
    }
  }
  const self = [...cameFrom.keys()].find((one) => one.path === file.path);
  if (self === undefined) return;
  const way: string[] = [];
  for (let at: ModuleFile | undefined = self; at !== undefined; at = cameFrom.get(at)) {
    way.unshift(moduleName(at) ?? at.path);
  }
  sink.report("importCycle", node.module.span, { args: { cycle: [own, ...way].join(" → ") } });
}

/** The names an import asks for, of those the module declares; others are reported. Not exposed ones are given all the same. */
export function wantedNames(node: Import, target: ModuleFile, sink: DiagnosticSink): readonly Name[] {
  const { file } = target.parsed;
  const offered = [...new Set(offeredBy(file).map((one) => one.name))];
  const open = offered.filter((name) => exposes(file, name));
  const module = node.module.text;
  const wanted: Name[] = [];
  for (const name of node.exposing ?? []) {
    if (name.text === EVERYTHING) {
      wanted.push(...open.map((text) => ({ text, span: name.span })));
      continue;
    }
    if (offered.includes(name.text)) {
      wanted.push(name);
      if (open.includes(name.text)) continue;
      sink.report("importNotExposed", name.span, {
        args: { module, name: name.text },
        hint: open.length === 0 ? "it exposes nothing" : `it exposes ${list(open.slice(0, 12))}`,
      });
      continue;
    }
    const best = suggest(name.text, open);
    sink.report("importNotDeclared", name.span, {
      args: { module, name: name.text },
      hint: best === undefined ? undefined : `did you mean \`${best}\`?`,
      fix: replaceBy(name, best),
    });
  }
  return wanted;
}
