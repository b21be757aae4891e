import { type Analysis, analyse } from "@parley/core";
import type { PinnedImport } from "@parley/wire";
import type { HostCore } from "../core.ts";
import { type Importable, pinImports, workspaceImports } from "./pin-imports.ts";

/** What a protocol may import: the latest version of every other one that is shown, oldest protocol first. */
export const importableBy = (core: HostCore, own: string | undefined): readonly Importable[] =>
  [...core.workspace.tentative.protocols.values()].flatMap(({ id, hidden, versions }) => {
    const text = versions.at(-1);
    return text === undefined || hidden || id === own ? [] : [{ protocol: id, text }];
  });

/** The imports of a text as they would be pinned now. */
export const pinsNow = (core: HostCore, source: string, own?: string): readonly PinnedImport[] =>
  pinImports(source, importableBy(core, own));

/** A text that is not saved, among the versions that are. */
export const analyseNow = (core: HostCore, source: string, own?: string): Analysis => {
  const all = importableBy(core, own);
  const pinned = core.analyses.of(source, pinImports(source, all));
  // A module that is not there: the finding names those that are.
  return pinned.diagnostics.some(({ code }) => code === UNKNOWN_MODULE)
    ? analyse(source, {}, workspaceImports(source, all))
    : pinned;
};

const UNKNOWN_MODULE = "PAR3604";
