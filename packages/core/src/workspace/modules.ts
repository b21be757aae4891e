import type { DeclarationKind } from "../constructs/declaration.ts";
import { EVERYTHING } from "../constructs/import/parse.ts";
import type { SourceFile } from "../constructs/protocol/node.ts";
import { type ParseResult, parse } from "../parse.ts";
import { compareText } from "../theory/label.ts";

/** One text of a workspace. `path` names it and nothing else; `parsed` saves reading it again. */
export interface ModuleSource {
  readonly path: string;
  readonly source: string;
  readonly parsed?: ParseResult;
}

/** A text of a workspace, read. */
export interface ModuleFile {
  readonly path: string;
  readonly source: string;
  readonly parsed: ParseResult;
}

/** All texts of a workspace, in order of path, and which of them is which module. */
export interface Modules {
  readonly files: readonly ModuleFile[];
  /** By module name; more than one file for a name is a finding, and the first is meant. */
  readonly byName: ReadonlyMap<string, readonly ModuleFile[]>;
}

/** Reads the texts of a workspace. The order they come in does not matter; of equal paths the last counts. */
export const readModules = (sources: Iterable<ModuleSource>): Modules => {
  const byPath = new Map<string, ModuleFile>();
  for (const { path, source, parsed } of sources) {
    byPath.set(path, { path, source, parsed: parsed ?? parse(source) });
  }
  const files = [...byPath.values()].sort((a, b) => compareText(a.path, b.path));
  const byName = new Map<string, ModuleFile[]>();
  for (const file of files) {
    const name = moduleName(file);
    if (name === undefined) continue;
    const same = byName.get(name);
    if (same === undefined) byName.set(name, [file]);
    else same.push(file);
  }
  return { files, byName };
};

export const moduleName = (file: ModuleFile): string | undefined => file.parsed.file.module?.name.text;

/** What a name of a file stands for: a declaration, or a protocol that can be called. One name may be several. */
export interface Offered {
  readonly kind: DeclarationKind | "protocol";
  readonly name: string;
}

/** Everything a file declares that can be exposed: declarations, its protocol, its local protocols. */
export const offeredBy = ({ declarations, protocol }: SourceFile): readonly Offered[] => {
  const protocols = protocol === undefined ? [] : [protocol, ...protocol.locals];
  const named = (kind: Offered["kind"], name: string): Offered => ({ kind, name });
  return [
    ...declarations.map((node) => named(node.kind, node.name.text)),
    ...protocols.map((node) => named("protocol", node.name.text)),
  ];
};

/** Whether a file exposes a name it declares. */
export const exposes = ({ module }: SourceFile, name: string): boolean =>
  module?.names?.some(({ text }) => text === name || text === EVERYTHING) ?? false;
