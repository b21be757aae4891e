import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { parse } from "../parse.ts";
import { FormatWriter } from "./format-writer.ts";
import { piecesOf } from "./pieces.ts";
import { regionsOf } from "./regions.ts";

/** The formatted text; the source itself, with the findings, when it could not be read. */
export interface FormatResult {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Lays a text out afresh: two blanks an indent, one blank between words, at
 * most one empty line, no trailing blanks. Lines stay where the author broke
 * them; comments, declarations and quoting are kept. The meaning never
 * changes, and formatting twice gives the same text as once. A text with
 * syntax errors is returned as it is.
 */
export function format(source: string): FormatResult {
  const { file, tokens, diagnostics } = parse(source);
  if (diagnostics.some((d) => d.severity === "error")) return { text: source, diagnostics };
  const writer = new FormatWriter(source);
  for (const piece of piecesOf(tokens, regionsOf(file, source))) writer.write(piece);
  return { text: writer.finish(), diagnostics };
}
