import type { Declaration } from "../constructs/declaration.ts";
import { whatDeclares } from "../constructs/declarations.ts";
import type { Import } from "../constructs/import/node.ts";
import type { Name } from "../constructs/name.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { DiagnosticSink } from "../diagnostics/sink.ts";
import type { ParseResult } from "../parse.ts";
import { callsIn } from "./callable.ts";
import { type CalledFrom, checkCalled } from "./check-called.ts";
import { graft } from "./graft.ts";
import { checkCircle, checkModuleName, findModule, wantedNames } from "./import-problems.ts";
import type { Imported } from "./imported.ts";
import {
  type ModuleFile,
  type ModuleSource,
  type Modules,
  moduleName,
  type Offered,
  offeredBy,
  readModules,
} from "./modules.ts";
import { checkUnused } from "./unused-imports.ts";

/** What a file is and sees among the texts of its workspace. */
export interface ResolvedFile {
  readonly path: string;
  readonly module?: string;
  /** Each import with the path of the file it means; no path when there is none. */
  readonly imports: readonly { readonly node: Import; readonly path?: string }[];
  readonly imported: Imported;
  /** About the module line and the imports only, in order of place. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A workspace with every import resolved; files in order of path. */
export interface ResolvedWorkspace {
  readonly modules: Modules;
  readonly files: readonly ResolvedFile[];
}

/** The rest of a workspace, for one text of it. */
export interface Imports {
  readonly modules: Modules;
  /** Path of the text itself: it may be newer than the one in `modules`, and is never its own import. */
  readonly path: string;
}

/**
 * Resolves the imports between the texts of a workspace (language chapter §3.2
 * leaves them unread; this is our own rule). A name that a module exposes can
 * be asked for by `exposing (Name)`; it then counts as declared, and a protocol
 * can be called. Nothing is passed on: what a module imports it does not expose.
 *
 * @example
 * const { files } = resolveWorkspace([{ path: "sea.tell", source }, { path: "harbour.tell", source: other }]);
 * files[0]?.diagnostics // unknown modules, clashes, circles, unused imports
 */
export const resolveWorkspace = (sources: Iterable<ModuleSource>): ResolvedWorkspace => {
  const modules = readModules(sources);
  return { modules, files: modules.files.map((file) => resolve(file, modules)) };
};

/** Resolves the imports of one text, just parsed. */
export const resolveImports = (parsed: ParseResult, { modules, path }: Imports): ResolvedFile =>
  resolve({ path, source: parsed.tokens.source, parsed }, modules);

interface Piece extends Offered {
  readonly from: ModuleFile;
  readonly asked: Name;
}

const keyOf = ({ kind, name }: Offered): string => `${kind} ${name}`;
const whatIs = (kind: Offered["kind"]): string => (kind === "protocol" ? "protocol" : whatDeclares(kind));

const resolve = (file: ModuleFile, modules: Modules): ResolvedFile => {
  const sink = new DiagnosticSink();
  checkModuleName(file, modules, sink);
  const given = new Map<Import, readonly string[]>();
  const pieces: Piece[] = [];
  const imports: { readonly node: Import; readonly path?: string }[] = [];
  const seen = new Set<string>();
  for (const node of file.parsed.file.imports) {
    const target = moduleOf(node, file, modules, seen, sink);
    imports.push(target === undefined ? { node } : { node, path: target.path });
    if (target === undefined) continue;
    const names = wantedNames(node, target, sink);
    given.set(
      node,
      names.map((name) => name.text),
    );
    const offered = offeredBy(target.parsed.file);
    for (const asked of names) {
      for (const one of offered) if (one.name === asked.text) pieces.push({ ...one, from: target, asked });
    }
  }
  const imported = bring(withoutClashes(file, pieces, sink), { file, modules, sink });
  checkUnused(file.parsed, given, sink);
  const module = moduleName(file);
  return {
    path: file.path,
    ...(module === undefined ? {} : { module }),
    imports,
    imported,
    diagnostics: sink.finish(),
  };
};

/** The file an import means, with what is wrong about meaning it. */
const moduleOf = (
  node: Import,
  file: ModuleFile,
  modules: Modules,
  seen: Set<string>,
  sink: DiagnosticSink,
): ModuleFile | undefined => {
  const module = node.module.text;
  if (module === moduleName(file)) {
    sink.report("selfImport", node.module.span, { args: { module } });
    return undefined;
  }
  const target = findModule(node, modules, sink);
  if (target === undefined) return undefined;
  if (seen.has(module)) sink.report("importTwice", node.module.span, { args: { module } });
  seen.add(module);
  if (target.parsed.diagnostics.some((d) => d.severity === "error")) {
    sink.report("importBroken", node.module.span, { args: { module, path: target.path } });
  }
  checkCircle(node, file, target, modules, sink);
  return target;
};

/** Of several things of one kind and name the file's own is kept, else the first that was asked for. */
const withoutClashes = (
  file: ModuleFile,
  pieces: readonly Piece[],
  sink: DiagnosticSink,
): readonly Piece[] => {
  const own = new Set(offeredBy(file.parsed.file).map(keyOf));
  const kept = new Map<string, Piece>();
  for (const piece of pieces) {
    const key = keyOf(piece);
    const before = kept.get(key);
    const args = { what: whatIs(piece.kind), name: piece.name };
    const module = moduleName(piece.from) ?? piece.from.path;
    if (own.has(key)) sink.report("importShadowed", piece.asked.span, { args: { ...args, module } });
    else if (before === undefined) kept.set(key, piece);
    else if (before.from !== piece.from) {
      sink.report("importClash", piece.asked.span, {
        args: { ...args, first: moduleName(before.from) ?? before.from.path, second: module },
        related: [{ span: before.asked.span, message: "and by this import" }],
      });
    }
  }
  return [...kept.values()];
};

/** The declarations asked for by name, placed at their imports. */
const askedFor = (pieces: readonly Piece[]): Declaration[] =>
  pieces.flatMap(({ kind, name, from, asked }) => {
    const node = from.parsed.file.declarations.find((one) => one.kind === kind && one.name.text === name);
    return node === undefined ? [] : [graft(node, { at: asked.span })];
  });

/** The imported declarations, and the protocols that are called, with what these need. */
const bring = (pieces: readonly Piece[], caller: CalledFrom): Imported => {
  const { protocol, declarations: own } = caller.file.parsed.file;
  const declarations = askedFor(pieces);
  const called = new Set<string>();
  for (const { body } of protocol === undefined ? [] : [protocol, ...protocol.locals]) callsIn(body, called);
  const known = new Map([...declarations, ...own].map((node) => [declarationKey(node), node]));
  const protocols = new Map<string, Imported["protocols"][number]>();
  const uses: Name[] = [];
  for (const piece of pieces) {
    if (piece.kind !== "protocol" || !called.has(piece.name)) continue;
    const ready = checkCalled(piece, caller);
    for (const local of ready.protocols) {
      if (!protocols.has(local.name.text)) protocols.set(local.name.text, local);
    }
    uses.push(...ready.uses);
    for (const node of ready.support) {
      const other = known.get(declarationKey(node));
      if (other === undefined) declarations.push(node);
      else if (!sameMeaning(other, node)) {
        const module = moduleName(piece.from) ?? piece.from.path;
        const args = { what: whatIs(node.kind), name: node.name.text, protocol: piece.name, module };
        caller.sink.report("importNeedsOther", piece.asked.span, { args });
      }
      known.set(declarationKey(node), other ?? node);
    }
  }
  return { declarations, protocols: [...protocols.values()], uses };
};

const declarationKey = (node: Declaration): string => keyOf({ kind: node.kind, name: node.name.text });

const nowhere = { at: { start: 0, end: 0 } };
const sameMeaning = (a: Declaration, b: Declaration): boolean =>
  JSON.stringify(graft(a, nowhere)) === JSON.stringify(graft(b, nowhere));
