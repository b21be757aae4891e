import { parseFile } from "./constructs/protocol/file.ts";
import type { SourceFile } from "./constructs/protocol/node.ts";
import { parseStatement } from "./constructs/table.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { DiagnosticSink } from "./diagnostics/sink.ts";
import { layOut } from "./layout/layout.ts";
import { lex } from "./syntax/lexer.ts";
import { Parser } from "./syntax/parser.ts";
import type { TokenList } from "./syntax/token-list.ts";
import { legacyDiagnostic, legacyForm, withRewriting } from "./upgrade/legacy-form.ts";

/** What reading a text gives: the tree as far as it could be read, its tokens, and every finding. */
export interface ParseResult {
  readonly file: SourceFile;
  readonly tokens: TokenList;
  readonly diagnostics: readonly Diagnostic[];
}

/** Longest text that is read, in UTF-16 units (model §7). */
export const textLimit = 1_048_576;

/**
 * Reads a `.tell` text. Never throws: whatever the text, the result holds the
 * part that could be read and a finding for each part that could not. Names
 * are not resolved here; see `check`.
 *
 * @example
 * const { file, diagnostics } = parse("protocol Ping =\n  roles A, B\n  A -> B : Ping\n");
 */
export function parse(source: string): ParseResult {
  const sink = new DiagnosticSink();
  if (source.length > textLimit) {
    sink.report(
      "textTooLong",
      { start: textLimit, end: source.length },
      { args: { count: String(source.length), limit: String(textLimit) } },
    );
  }
  const tokens = layOut(lex(source.slice(0, textLimit), sink), sink);
  const form = legacyForm(source.slice(0, textLimit));
  // One finding that names the form, instead of one for every line of it.
  if (form !== undefined)
    return { file: emptyFile(source), tokens, diagnostics: [legacyDiagnostic(source, form)] };
  const parser = new Parser(tokens, sink, parseStatement);
  const file = parseFile(parser);
  return { file, tokens, diagnostics: withRewriting(source, sink.finish()) };
}

const emptyFile = (source: string): SourceFile => ({
  kind: "file",
  imports: [],
  declarations: [],
  span: { start: 0, end: source.length },
});
