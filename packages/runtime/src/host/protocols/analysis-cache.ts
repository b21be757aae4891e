import { type Analysis, analyse } from "@parley/core";
import { hashText } from "@parley/wire";

/** Analyses of recent texts; lists and openings ask for the same ones again and again. */
export interface AnalysisCache {
  of(source: string): Analysis;
}

/** Keeps the `limit` most recently used. */
export const createAnalysisCache = (limit = 128): AnalysisCache => {
  const known = new Map<string, Analysis>();
  return {
    of: (source) => {
      const key = hashText(source);
      const analysis = known.get(key) ?? analyse(source);
      known.delete(key);
      known.set(key, analysis);
      const [oldest] = known.keys();
      if (known.size > limit && oldest !== undefined) known.delete(oldest);
      return analysis;
    },
  };
};
