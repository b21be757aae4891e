import { type Analysis, analyse } from "@parley/core";
import { hashText, hashValue, type PinnedImport } from "@parley/wire";
import { pinnedImports } from "./pin-imports.ts";

/** Analyses of recent texts; lists and openings ask for the same ones again and again. */
export interface AnalysisCache {
  /** The analysis of a text with what it imports. */
  of(source: string, imports?: readonly PinnedImport[]): Analysis;
}

const keyOf = (source: string, imports: readonly PinnedImport[]): string =>
  imports.length === 0
    ? hashText(source)
    : hashValue("parley.analysed/1", [source, imports.map((pin) => [pin.protocol, pin.source])]);

/** Keeps the `limit` most recently used. */
export const createAnalysisCache = (limit = 128): AnalysisCache => {
  const known = new Map<string, Analysis>();
  return {
    of: (source, imports = []) => {
      const key = keyOf(source, imports);
      const analysis = known.get(key) ?? analyse(source, {}, pinnedImports(source, imports));
      known.delete(key);
      known.set(key, analysis);
      const [oldest] = known.keys();
      if (known.size > limit && oldest !== undefined) known.delete(oldest);
      return analysis;
    },
  };
};
