import type { ScenarioError } from "./scenario-error.ts";
import { TomlPlaces, type TomlSpan } from "./toml-places.ts";

/** An error of a scenario at its place in the text. */
export interface ScenarioFinding extends TomlSpan {
  readonly code: ScenarioError["code"];
  readonly path: string;
  readonly reason: string;
  readonly fix: string;
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
}

/** Errors about a name, not about what is written behind it. */
const aboutKey = new Set<ScenarioError["kind"]>(["unknown-key", "missing-key"]);

const positionOf = (text: string, offset: number): { readonly line: number; readonly column: number } => {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
};

/** The first line that says something: where an error of the whole scenario is shown. */
const firstLine = (text: string): TomlSpan => {
  const start = Math.max(0, text.search(/\S/));
  const end = text.indexOf("\n", start);
  return { start, end: end < 0 ? text.length : end };
};

/**
 * Puts errors where they belong: the value that is wrong, the key that is
 * unknown, the table that lacks one, in order of place.
 *
 * @example scenarioFindings('seed = -1', errors)[0].column // 8
 */
export const scenarioFindings = (
  text: string,
  errors: readonly ScenarioError[],
): readonly ScenarioFinding[] => {
  const places = new TomlPlaces(text);
  return errors
    .map(({ code, kind, path, reason, fix }) => {
      const found = places.find(path);
      const span =
        found === undefined
          ? firstLine(text)
          : !found.exact || aboutKey.has(kind)
            ? found.place.key
            : found.place.value;
      return { code, path, reason, fix, ...span, ...positionOf(text, span.start) };
    })
    .sort((a, b) => a.start - b.start);
};

/** An error the TOML parser places by line and column, both from 1. */
export const tomlFinding = (
  text: string,
  error: ScenarioError,
  line: number,
  column: number,
): ScenarioFinding => {
  const lines = text.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const width = lines[line - 1]?.length ?? 0;
  const at = start + Math.min(Math.max(0, column - 1), Math.max(0, width - 1));
  // The parser draws the line under its sentence; the editor shows it anyway.
  const reason = (error.reason.split("\n")[0] ?? "").replace("Invalid TOML document: ", "");
  const { code, path, fix } = error;
  return { code, path, reason, fix, start: at, end: Math.max(at + 1, start + width), line, column };
};
