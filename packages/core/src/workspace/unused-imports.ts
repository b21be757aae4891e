import type { Import } from "../constructs/import/node.ts";
import { EVERYTHING } from "../constructs/import/parse.ts";
import type { Fix } from "../diagnostics/diagnostic.ts";
import type { DiagnosticSink } from "../diagnostics/sink.ts";
import type { ParseResult } from "../parse.ts";
import { T } from "../syntax/token-kind.ts";
import type { Span } from "../text/span.ts";

/**
 * Reports imports, and names of imports, that the text never mentions again. A
 * mention is any word of that spelling outside the module line and the
 * imports, so that nothing in use is ever called unused. `given` says which
 * names each import brought.
 */
export function checkUnused(
  { file, tokens }: ParseResult,
  given: ReadonlyMap<Import, readonly string[]>,
  sink: DiagnosticSink,
): void {
  const heads = [file.module, ...file.imports].flatMap((node) => (node === undefined ? [] : [node.span]));
  const words = wordsOutside(tokens, heads);
  for (const [node, names] of given) {
    const qualifier = words.has((node.alias ?? node.module).text);
    const used = names.filter((name) => words.has(name));
    // Of a name that was not found nobody can say whether it is used.
    const found = (node.exposing ?? []).every(({ text }) => text === EVERYTHING || names.includes(text));
    if (used.length === 0 && !qualifier && found) {
      sink.report("unusedImport", node.span, {
        args: { what: `the module \`${node.module.text}\`` },
        fix: { title: "Remove the import", edits: [{ span: lineOf(node.span, tokens.source), text: "" }] },
      });
      continue;
    }
    for (const name of node.exposing ?? []) {
      if (name.text === EVERYTHING || words.has(name.text) || !names.includes(name.text)) continue;
      sink.report("unusedImport", name.span, {
        args: { what: `\`${name.text}\`` },
        fix: withoutName(node, name.text, tokens.source),
      });
    }
  }
}

function wordsOutside(tokens: ParseResult["tokens"], heads: readonly Span[]): ReadonlySet<string> {
  const words = new Set<string>();
  const last = Math.max(0, ...heads.map((span) => span.end));
  for (let i = 0; i < tokens.count; i++) {
    if (tokens.kinds[i] !== T.ident) continue;
    const start = tokens.starts[i] ?? 0;
    if (start < last && heads.some((span) => span.start <= start && start < span.end)) continue;
    words.add(tokens.source.slice(start, tokens.ends[i]));
  }
  return words;
}

/** A whole line with its end, when nothing else stands on it. */
function lineOf(span: Span, source: string): Span {
  const start = source.lastIndexOf("\n", span.start - 1) + 1;
  const newline = source.indexOf("\n", span.end);
  const end = newline < 0 ? source.length : newline + 1;
  const alone = `${source.slice(start, span.start)}${source.slice(span.end, end)}`.trim() === "";
  return alone ? { start, end } : span;
}

/** The list without one name; without any name left, the clause goes too. */
function withoutName(node: Import, name: string, source: string): Fix {
  const left = (node.exposing ?? []).filter((one) => one.text !== name).map((one) => one.text);
  const from = (node.alias ?? node.module).span.end;
  const text = left.length === 0 ? "" : ` exposing (${left.join(", ")})`;
  const end = Math.min(node.span.end, source.length);
  return { title: `Remove \`${name}\``, edits: [{ span: { start: from, end }, text }] };
}
