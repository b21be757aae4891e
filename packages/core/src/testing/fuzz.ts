import { analyse } from "../analyse.ts";
import { automaton } from "../diagram/automaton.ts";
import { sequenceLayout } from "../diagram/sequence-layout.ts";
import { staticSequence } from "../diagram/static-sequence.ts";
import { textTwin } from "../diagram/text-twin.ts";
import { automatonToDot } from "../diagram/to-dot.ts";
import { toMermaid } from "../diagram/to-mermaid.ts";
import { toSvg } from "../diagram/to-svg.ts";
import { parse } from "../parse.ts";
import { format } from "../print/format.ts";
import { print } from "../print/print.ts";
import { withoutSpans } from "./without-spans.ts";

/** Draws a number from 0 to `below - 1`. */
export type Draw = (below: number) => number;

/** A repeatable stream of numbers (mulberry32), so that a find can be made again from its seed. */
export const seededDraw = (seed: number): Draw => {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % Math.max(1, below);
  };
};

const scraps = [
  "\t",
  "\n",
  "\n  ",
  "\n      ",
  "{",
  "}",
  "(",
  ")",
  "[",
  "]",
  "|",
  "=>",
  "->",
  "->*",
  ":",
  ",",
  "..",
  "--",
  "{-",
  "-}",
  '"',
  "=",
  "roles ",
  "choice A at",
  "case x of",
  "timeout 5s A at",
  "on timeout =>",
  "on cancel =>",
  "loop ",
  "rec L",
  "continue L",
  "par",
  "call X",
  "let x = ",
  "check E.op(a)",
  "begin Op",
  "await Op",
  "resolve Op as Success(x)",
  "publish P",
  "materialize p from P",
  "handoff op to B with r",
  "dependent work W required for op",
  "where\n",
  "effect E\n",
  "operation O at A = ",
  "type T = | A",
  "import m exposing (X)",
  "module m exposing (X)",
  "A[*]",
  "W[0..3]",
  "é",
  "\u{1F600}",
  "\u0000",
  "99999999999999999999",
  "9h",
];

/** Lines and words swapped, doubled, cut, joined with another text, or struck by a scrap. */
export const mutate = (draw: Draw, source: string, other: string): string => {
  let text = source;
  for (let n = 1 + draw(4); n > 0; n--) text = mutateOnce(draw, text, other);
  return text;
};

const mutateOnce = (draw: Draw, text: string, other: string): string => {
  const at = draw(text.length + 1);
  const to = Math.min(text.length, at + draw(24));
  const lines = text.split("\n");
  switch (draw(8)) {
    case 0:
      return text.slice(0, at) + text.slice(to);
    case 1:
      return text.slice(0, at) + (scraps[draw(scraps.length)] ?? "") + text.slice(at);
    case 2:
      return text.slice(0, at) + (scraps[draw(scraps.length)] ?? "") + text.slice(to);
    case 3:
      return text.slice(0, at);
    case 4: {
      const line = draw(lines.length);
      return lines.toSpliced(draw(lines.length), 0, lines[line] ?? "").join("\n");
    }
    case 5:
      return lines.toSpliced(draw(lines.length), 1).join("\n");
    case 6: {
      const from = other.split("\n");
      return lines.toSpliced(draw(lines.length), 0, from[draw(from.length)] ?? "").join("\n");
    }
    default: {
      const line = draw(lines.length);
      return lines.with(line, " ".repeat(draw(7)) + (lines[line] ?? "").trimStart()).join("\n");
    }
  }
};

const spansLie = (
  source: string,
  spans: readonly { readonly start: number; readonly end: number }[],
): boolean => spans.every(({ start, end }) => start >= 0 && start <= end && end <= source.length);

/**
 * Sends a text through everything that reads texts and answers what is wrong,
 * if anything: a span outside the text, a formatter that changes the meaning or
 * does not settle, a printer that loses something, an exception.
 */
export const complaint = (source: string): string | undefined => {
  try {
    return frontEnd(source);
  } catch (cause) {
    return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  }
};

const frontEnd = (source: string): string | undefined => {
  const analysis = analyse(source);
  const spans = analysis.diagnostics.flatMap((d) => [
    d.span,
    ...d.related.map(({ span }) => span),
    ...(d.fix?.edits.map(({ span }) => span) ?? []),
  ]);
  if (!spansLie(source, spans)) return "a finding lies outside the text";
  const read = parse(source);
  if (read.diagnostics.every(({ severity }) => severity !== "error")) {
    const wrong = printing(source);
    if (wrong !== undefined) return wrong;
  }
  const model = staticSequence(analysis.file, { maxMessages: 2_000 });
  toSvg(sequenceLayout(model));
  toMermaid(model);
  textTwin(model);
  for (const type of Object.values(analysis.samples?.at(-1)?.locals ?? {}))
    automatonToDot(automaton(type), "x");
  return undefined;
};

const printing = (source: string): string | undefined => {
  const { file } = parse(source);
  const tree = JSON.stringify(withoutSpans(file));
  const formatted = format(source).text;
  if (JSON.stringify(withoutSpans(parse(formatted).file)) !== tree) return "formatting changes the meaning";
  if (format(formatted).text !== formatted) return "formatting twice differs from once";
  const printed = print(file);
  return JSON.stringify(withoutSpans(parse(printed).file)) === tree ? undefined : "printing loses something";
};
