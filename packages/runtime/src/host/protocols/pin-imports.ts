import { type Imports, oneOfEachModule, type ParseResult, parse, readModules } from "@parley/core";
import type { Hash, PinnedImport } from "@parley/wire";

/** A saved text of the workspace that others may import. */
export interface Importable {
  readonly protocol: string;
  /** Kept by identity: a text is read once. */
  readonly text: { readonly version: Hash; readonly source: string };
}

/** Stands for the text that imports; no protocol has this id. */
const OWN = "";

const read = new WeakMap<object, ParseResult>();

const parsedOf = (text: Importable["text"]): ParseResult => {
  const parsed = read.get(text) ?? parse(text.source);
  read.set(text, parsed);
  return parsed;
};

/** Quick: most texts import nothing, and need nothing of what follows. */
export const importsSomething = (source: string): boolean => /^[ \t]*import\b/m.test(source);

const moduleOf = ({ file }: ParseResult): string | undefined => file.module?.name.text;

const meant = (own: ParseResult, all: Iterable<Importable>) =>
  oneOfEachModule(
    [...all].map((one) => {
      const parsed = parsedOf(one.text);
      return { ...one, parsed, module: moduleOf(parsed) };
    }),
    moduleOf(own),
  );

/**
 * The texts a text imports, however far round, by name of module. `all` are
 * the latest saved versions of the other protocols that are shown, oldest
 * first: of several with one module name the oldest is meant, so that a copy
 * never takes the place of what it was copied from. What is not there is
 * left out; checking the text says so.
 */
export const pinImports = (source: string, all: Iterable<Importable>): readonly PinnedImport[] => {
  if (!importsSomething(source)) return [];
  const own = parse(source);
  const byName = new Map(meant(own, all).map((one) => [one.module, one] as const));
  const found = new Map<string, PinnedImport>();
  const open = [own];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { module } of next.file.imports) {
      const target = byName.get(module.text);
      if (target === undefined || found.has(module.text)) continue;
      const { protocol, text, parsed } = target;
      found.set(module.text, { module: module.text, protocol, version: text.version, source: text.source });
      open.push(parsed);
    }
  }
  return [...found.values()].sort((a, b) => (a.module < b.module ? -1 : 1));
};

/** What a text sees through its pinned imports; nothing when it imports nothing. */
export const pinnedImports = (source: string, pins: readonly PinnedImport[]): Imports | undefined => {
  if (!importsSomething(source)) return undefined;
  const texts = pins.map((pin) => ({ path: pin.protocol, source: pin.source }));
  return { modules: readModules([...texts, { path: OWN, source }]), path: OWN };
};

/** What a text sees in the whole workspace: beside its imports the modules it might have meant. */
export const workspaceImports = (source: string, all: Iterable<Importable>): Imports | undefined => {
  if (!importsSomething(source)) return undefined;
  const parsed = parse(source);
  const texts = meant(parsed, all).map((one) => ({
    path: one.protocol,
    source: one.text.source,
    parsed: one.parsed,
  }));
  return { modules: readModules([...texts, { path: OWN, source, parsed }]), path: OWN };
};
