import { codes } from "../diagnostics/codes.ts";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/sink.ts";
import { LineIndex } from "../text/line-index.ts";
import type { Span } from "../text/span.ts";
import { type LegacyToken, legacyTokens } from "./legacy-token.ts";
import { type LegacyRead, readLegacy } from "./read-legacy.ts";
import { writeCanonical } from "./write-canonical.ts";

/** A text that is not in the language's own shape, but in one the guides print. */
export interface LegacyForm {
  /** As a person would name it: `tell! { … }`. */
  readonly name: string;
  readonly span: Span;
  readonly upgraded:
    | { readonly ok: true; readonly text: string }
    | { readonly ok: false; readonly why: string };
}

const mayBe = /\b(?:tell|choreography)\s*!|#\s*\[|\broles\s*:/;

/**
 * Recognises a macro (`tell!`, `choreography!`), a namespace attribute, or
 * the braces of a `.choreo` file with its `roles:` list. Comments and strings
 * do not count. `undefined` for a text in the language's own shape.
 */
export function legacyForm(source: string): LegacyForm | undefined {
  if (!mayBe.test(source)) return undefined;
  const tokens = legacyTokens(source).filter(({ kind }) => kind !== "comment");
  const found = recognise(tokens);
  if (found === undefined) return undefined;
  return { ...found, upgraded: upgraded(source, found, tokens) };
}

type Found = Pick<LegacyForm, "name" | "span">;

function recognise(tokens: readonly LegacyToken[]): Found | undefined {
  let protocol = false;
  for (const [i, token] of tokens.entries()) {
    const next = tokens[i + 1]?.text;
    if (token.kind === "word" && next === "!" && (token.text === "tell" || token.text === "choreography")) {
      return { name: `${token.text}! { … }`, span: { start: token.span.start, end: token.span.end + 1 } };
    }
    if (token.text === "#" && next === "[" && tokens[i + 2]?.text === "namespace") {
      return { name: "#[namespace = …]", span: token.span };
    }
    protocol ||= token.text === "protocol" && token.kind === "word";
    if (protocol && token.text === "roles" && next === ":" && tokens[i - 1]?.text === "{") {
      return { name: "protocol … { roles: … }", span: token.span };
    }
  }
  return undefined;
}

/** A macro that holds the text of a file as a string holds it as it is. */
function quoted(source: string, tokens: readonly LegacyToken[]): string | undefined {
  const at = tokens.findIndex(({ text }, i) => text === "!" && i > 0);
  const inner = tokens[at + 2];
  if (inner?.kind !== "string" || tokens[at + 3] === undefined) return undefined;
  const raw = source.slice(inner.span.start, inner.span.end);
  return raw.replace(/^r?#*"/, "").replace(/"#*$/, "");
}

const dedented = (text: string): string => {
  const lines = text.split("\n");
  while (lines[0]?.trim() === "") lines.shift();
  const margin = Math.min(...lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/)));
  return `${lines
    .map((line) => line.slice(Number.isFinite(margin) ? margin : 0))
    .join("\n")
    .trimEnd()}\n`;
};

function upgraded(source: string, found: Found, tokens: readonly LegacyToken[]): LegacyForm["upgraded"] {
  const inner = quoted(source, tokens);
  const isMacro = found.name.includes("!");
  if (isMacro && inner !== undefined) {
    const nested = legacyForm(inner);
    return nested === undefined ? { ok: true, text: dedented(inner) } : nested.upgraded;
  }
  const included = tokens.some(({ text }) => text === "include_str" || text === "include");
  if (isMacro && included) return { ok: false, why: "open the file it includes" };
  const read = readLegacy(source);
  return read.ok
    ? { ok: true, text: writeCanonical(read.protocol) }
    : { ok: false, why: stopped(source, read) };
}

const stopped = (source: string, { at, expected }: LegacyRead & { ok: false }): string => {
  const { line, column } = new LineIndex(source).positionAt(at.start);
  return `line ${line}, column ${column}: expected ${expected}`;
};

/**
 * The findings of a text whose protocol stands in braces. When it can be
 * rewritten whole, that is the fix of the first brace, and the findings about
 * semicolons and arms that the rewriting takes care of are not listed.
 */
export function withRewriting(source: string, findings: readonly Diagnostic[]): readonly Diagnostic[] {
  const first = findings.find(({ code }) => code === codes.legacyBrace.id);
  if (first === undefined || first.args.what !== "protocol blocks") return findings;
  const read = readLegacy(source);
  if (!read.ok) return findings;
  const edits = [{ span: { start: 0, end: source.length }, text: writeCanonical(read.protocol) }];
  return [{ ...first, fix: { title: "Rewrite in the canonical shape", edits } }];
}

/** The one finding about a text in such a form, with the rewriting as its fix. */
export function legacyDiagnostic(source: string, form: LegacyForm): Diagnostic {
  const { upgraded: result } = form;
  const fix: Fix | undefined = result.ok
    ? {
        title: "Rewrite in the canonical shape",
        edits: [{ span: { start: 0, end: source.length }, text: result.text }],
      }
    : undefined;
  return diagnostic("legacyForm", form.span, {
    args: { form: form.name },
    fix,
    hint: result.ok ? undefined : `it cannot be rewritten by itself: ${result.why}`,
  });
}
