import type { Hash } from "@parley/wire";
import type { SourceFile } from "../constructs/protocol/node.ts";
import { versionId } from "../ids/ids.ts";
import { lower } from "../kernel/lower.ts";
import { compareText } from "../theory/label.ts";
import { withImported } from "./imported.ts";
import type { ResolvedWorkspace } from "./resolve.ts";

/**
 * The version of every file of a workspace that has one, by path: the id of its
 * kernel with those of the modules it imports (model §3). A file that cannot
 * be lowered has none, and one that imports itself, however far round, counts
 * without the import that closes the circle. `sound` says which files may be
 * lowered: those without errors.
 */
export const versionsOf = (
  { modules, files }: ResolvedWorkspace,
  sound: (path: string) => boolean,
): ReadonlyMap<string, Hash> => {
  const sources = new Map<string, SourceFile>(modules.files.map((file) => [file.path, file.parsed.file]));
  const resolved = new Map(files.map((file) => [file.path, file]));
  const done = new Map<string, Hash | undefined>();
  const visit = (path: string): Hash | undefined => {
    if (done.has(path)) return done.get(path);
    done.set(path, undefined);
    const file = resolved.get(path);
    const source = sources.get(path);
    if (file === undefined || source === undefined || !sound(path)) return undefined;
    const imports = new Set<Hash>();
    for (const { path: target } of file.imports) {
      const hash = target === undefined ? undefined : visit(target);
      if (hash !== undefined) imports.add(hash);
    }
    const kernel = lower(withImported(source, file.imported));
    const hash = kernel === undefined ? undefined : versionId(kernel, [...imports].sort(compareText));
    done.set(path, hash);
    return hash;
  };
  for (const { path } of files) visit(path);
  return new Map([...done].flatMap(([path, hash]) => (hash === undefined ? [] : [[path, hash] as const])));
};
