import type { DiagnosticSink } from "../diagnostics/sink.ts";
import type { RawTokens } from "../syntax/lexer.ts";
import { T } from "../syntax/token-kind.ts";

/** What a bracket token does to the depth of explicit nesting: 1 opens, 2 closes, 0 neither. */
export type BracketEffects = Uint8Array;

const isOpen = (kind: number): boolean => kind === T.lparen || kind === T.lbrace || kind === T.lbracket;

/**
 * Pairs brackets of one kind. An opening bracket that is never closed, and a
 * closing one that nothing opened, are reported and have no effect on layout,
 * so that one slip does not swallow the rest of the text.
 */
export function pairBrackets(raw: RawTokens, sink: DiagnosticSink): BracketEffects {
  const effects = new Uint8Array(raw.count);
  const stack: number[] = [];
  /** Open brackets by kind, so that a stray closer is refused without a search. */
  const open = new Int32Array(T.rbracket + 1);
  for (let i = 0; i < raw.count; i++) {
    const kind = raw.kinds[i] ?? 0;
    if (kind < T.lparen || kind > T.rbracket) continue;
    if (isOpen(kind)) {
      stack.push(i);
      open[kind] = (open[kind] ?? 0) + 1;
      continue;
    }
    if ((open[kind - 1] ?? 0) === 0) {
      reportBracket("unmatchedClose", raw, i, sink);
      continue;
    }
    for (;;) {
      const opener = stack.pop() ?? 0;
      const openerKind = raw.kinds[opener] ?? 0;
      open[openerKind] = (open[openerKind] ?? 0) - 1;
      if (openerKind === kind - 1) {
        effects[opener] = 1;
        break;
      }
      reportBracket("unclosedOpen", raw, opener, sink);
    }
    effects[i] = 2;
  }
  for (const opener of stack) reportBracket("unclosedOpen", raw, opener, sink);
  return effects;
}

function reportBracket(
  name: "unmatchedClose" | "unclosedOpen",
  raw: RawTokens,
  index: number,
  sink: DiagnosticSink,
): void {
  const start = raw.starts[index] ?? 0;
  sink.report(name, { start, end: start + 1 }, { args: { found: raw.source.charAt(start) } });
}
