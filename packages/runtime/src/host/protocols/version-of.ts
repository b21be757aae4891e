import { type Analysis, analyse, resolveWorkspace, versionId, versionsOf } from "@parley/core";
import { type Hash, hashValue, type PinnedImport } from "@parley/wire";
import { pinnedImports } from "./pin-imports.ts";

/**
 * The id of a version: of its meaning, with the ids of what it imports, when
 * the text lowers to a kernel, else of the text alone, so that unfinished work
 * can be saved too.
 */
export const versionOf = (analysis: Analysis, pins: readonly PinnedImport[]): Hash => {
  const { kernel, source } = analysis;
  if (kernel === undefined) return hashValue("parley.unfinished-version/1", source);
  const imports = pins.length === 0 ? undefined : pinnedImports(source, pins);
  if (imports === undefined) return versionId(kernel);
  const { modules, path: own } = imports;
  const sound = (path: string): boolean => {
    const file = modules.files.find((one) => one.path === path);
    if (path === own || file === undefined) return path === own;
    return analyse(file.source, {}, { modules, path }).kernel !== undefined;
  };
  return versionsOf(resolveWorkspace(modules.files), sound).get(own) ?? versionId(kernel);
};
