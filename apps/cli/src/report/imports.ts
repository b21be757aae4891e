import { readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { type Imports, type ModuleFile, parse, readModules } from "@parley/core";
import { readText, tellFiles } from "./input.ts";

/** Folders that hold no sources of one's own. */
const skipped = new Set(["node_modules", "target", "dist"]);

/** `.tell` files of a folder and below, by name; a folder that cannot be read has none. */
const below = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => {
        const path = join(folder, entry.name);
        if (entry.isFile()) return entry.name.endsWith(".tell") ? [path] : [];
        return entry.isDirectory() && !entry.name.startsWith(".") && !skipped.has(entry.name)
          ? below(path)
          : [];
      });
  } catch {
    return [];
  }
};

/**
 * What a file imports: modules in files beside it, below its folder, or in the
 * folders of `--import`. Undefined for a file that imports nothing, so that
 * nothing else is read. Only modules that are reached count: a file nearby that
 * has nothing to do with it is no finding.
 */
export const importsBeside = (
  file: string,
  source: string,
  folders: readonly string[] = [],
): Imports | undefined => {
  const own = parse(source);
  if (own.file.imports.length === 0) return undefined;
  const path = file;
  const beside = below(dirname(file)).filter((one) => relative(one, file) !== "");
  const given = folders.flatMap((folder) => tellFiles([folder]));
  const others = [...new Set([...beside, ...given])]
    .map((one) => ({ path: one, source: readText(one) }))
    .map((one) => ({ ...one, parsed: parse(one.source) }))
    // The file itself is the one of its name: an older copy nearby does not matter.
    .filter(({ parsed }) => parsed.file.module?.name.text !== own.file.module?.name.text);
  return { modules: readModules([...others, { path, source, parsed: own }]), path };
};

/** The texts a file imports, however far round, in order of path. */
export const reachedFrom = ({ modules, path }: Imports): readonly ModuleFile[] => {
  const own = modules.files.find((one) => one.path === path);
  const reached = new Set<ModuleFile>(own === undefined ? [] : [own]);
  for (const { parsed } of reached) {
    for (const { module } of parsed.file.imports) {
      const [target] = modules.byName.get(module.text) ?? [];
      if (target !== undefined) reached.add(target);
    }
  }
  return modules.files.filter((one) => one !== own && reached.has(one));
};
