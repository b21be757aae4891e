import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { format } from "../print/format.ts";
import { arbitraryProgram } from "../testing/arbitrary-program.ts";
import { applyEdits } from "../text/apply-edits.ts";
import { codeActions } from "./code-actions.ts";
import { completion } from "./completion.ts";
import { diagnostics } from "./diagnostics.ts";
import { foldingRanges } from "./folding.ts";
import { formatting, rangeFormatting } from "./formatting.ts";
import { hover } from "./hover.ts";
import { inlayHints } from "./inlay-hints.ts";
import { definition, highlights, references } from "./navigation.ts";
import { prepareRename, rename } from "./rename.ts";
import { selectionRanges } from "./selection-ranges.ts";
import { encodeTokens, semanticTokens } from "./semantic-tokens.ts";
import { signatureHelp } from "./signature-help.ts";
import { documentSymbols, workspaceSymbols } from "./symbols.ts";
import { openWorkspace, type Workspace } from "./workspace.ts";

const shared =
  process.env.PARLEY_SHARED ?? join(dirname(fileURLToPath(import.meta.url)), "../../../../../shared");
const folder = join(shared, "conformance/language");
const sources = readdirSync(folder)
  .filter((name) => name.endsWith(".tell"))
  .sort()
  .map((name) => ({ name, source: readFileSync(join(folder, name), "utf8") }));

const uri = "file:///main.tell";
const open = (source: string): Workspace => openWorkspace([{ uri, version: 1, source }]);

const askAt = (workspace: Workspace, offset: number): void => {
  completion(workspace, uri, offset);
  hover(workspace, uri, offset);
  definition(workspace, uri, offset);
  references(workspace, uri, offset);
  highlights(workspace, uri, offset);
  prepareRename(workspace, uri, offset);
  rename(workspace, uri, offset, "Fresh");
  signatureHelp(workspace, uri, offset);
  selectionRanges(workspace, uri, offset);
  codeActions(workspace, uri, { start: offset, end: offset });
};

const askAll = (workspace: Workspace, length: number): void => {
  const whole = { start: 0, end: length };
  diagnostics(workspace, uri);
  documentSymbols(workspace, uri);
  workspaceSymbols(workspace, "a");
  foldingRanges(workspace, uri);
  semanticTokens(workspace, uri);
  inlayHints(workspace, uri, whole);
  formatting(workspace, uri);
  rangeFormatting(workspace, uri, whole);
  codeActions(workspace, uri, whole);
};

const applied = (
  source: string,
  files: readonly { readonly edits: Parameters<typeof applyEdits>[1] }[],
): string => applyEdits(source, files[0]?.edits ?? []);

describe("whatever the text", () => {
  it("nothing throws on the conformance sources cut off at any place", () => {
    for (const { source } of sources) {
      const step = Math.max(1, Math.floor(source.length / 60));
      for (let cut = 0; cut <= source.length; cut += step) {
        const workspace = open(source.slice(0, cut));
        askAll(workspace, cut);
        askAt(workspace, cut);
        askAt(workspace, Math.floor(cut / 2));
      }
    }
  });

  it("nothing throws at any offset of the conformance sources", () => {
    for (const { source } of sources) {
      const workspace = open(source);
      for (let offset = 0; offset <= source.length; offset += 3) askAt(workspace, offset);
    }
  });

  it("nothing throws on random text", () => {
    const noise = fc.string({
      unit: fc.constantFrom(...'AB {}[]()|->:=,.\n"-*x0 choice at rec'.split("")),
      maxLength: 80,
    });
    fc.assert(
      fc.property(noise, fc.nat(90), (source, offset) => {
        const workspace = open(source);
        askAll(workspace, source.length);
        askAt(workspace, offset);
      }),
      { numRuns: 2_000 },
    );
  });
});

const program = arbitraryProgram();

describe("names", () => {
  it("renaming and renaming back gives the text one began with", () => {
    fc.assert(
      fc.property(program, fc.nat(), (source, pick) => {
        const workspace = open(source);
        const mentions = workspace.documents.get(uri)?.occurrences ?? [];
        const mention = mentions[pick % Math.max(mentions.length, 1)];
        if (mention === undefined) return;
        const there = rename(workspace, uri, mention.span.start, "FreshName");
        if (!there.ok) return;
        const renamed = applied(source, there.edit.files);
        expect(renamed).not.toBe(source);
        const back = rename(open(renamed), uri, renamed.indexOf("FreshName"), mention.name);
        expect(back.ok && applied(renamed, back.edit.files)).toBe(source);
      }),
      { numRuns: 300 },
    );
  });

  it("renaming keeps the verdict and the number of findings", () => {
    for (const { source } of sources) {
      const workspace = open(source);
      const before = diagnostics(workspace, uri).diagnostics;
      if (before.some(({ severity }) => severity === "error")) continue;
      for (const mention of workspace.documents.get(uri)?.occurrences ?? []) {
        if (mention.role === "reference" || mention.kind === "capability") continue;
        const result = rename(workspace, uri, mention.span.start, "FreshName");
        if (!result.ok) continue;
        const after = diagnostics(open(applied(source, result.edit.files)), uri).diagnostics;
        expect(after.map(({ code }) => code).sort(), `${mention.kind} ${mention.name} in ${source}`).toEqual(
          before.map(({ code }) => code).sort(),
        );
      }
    }
  });

  it("asking at the definition and at any mention gives the same references", () => {
    for (const { source } of sources) {
      const workspace = open(source);
      for (const { span } of workspace.documents.get(uri)?.occurrences ?? []) {
        const [first, ...rest] = references(workspace, uri, span.start);
        expect(first).toBeDefined();
        for (const other of rest)
          expect(references(workspace, uri, other.span.start)).toEqual([first, ...rest]);
        break;
      }
    }
  });

  it("no two mentions overlap", () => {
    for (const { name, source } of sources) {
      let end = 0;
      for (const { span, kind } of open(source).documents.get(uri)?.occurrences ?? []) {
        expect(span.start, `${name}: ${kind} at ${span.start}`).toBeGreaterThanOrEqual(end);
        end = span.end;
      }
    }
  });
});

describe("edits", () => {
  it("the edits of every code action apply without touching each other", () => {
    for (const { source } of sources) {
      const actions = codeActions(open(source), uri, { start: 0, end: source.length });
      for (const { edit, diagnostics: mended } of actions) {
        expect(mended.length).toBeGreaterThan(0);
        let end = 0;
        for (const { span } of edit.files[0]?.edits ?? []) {
          expect(span.start).toBeGreaterThanOrEqual(end);
          expect(span.end).toBeGreaterThanOrEqual(span.start);
          expect(span.end).toBeLessThanOrEqual(source.length);
          end = span.end;
        }
      }
    }
  });

  it("the formatting edits make exactly the formatted text", () => {
    for (const { source } of sources) {
      const messy = source.replaceAll("\n", "\n\n\n").replaceAll(" : ", "  :   ");
      for (const text of [source, messy]) {
        expect(applyEdits(text, formatting(open(text), uri))).toBe(format(text).text);
      }
    }
  });
});

describe("ranges", () => {
  it("folding ranges nest", () => {
    for (const { source } of sources) {
      const open_: number[] = [];
      let start = 0;
      for (const range of foldingRanges(open(source), uri)) {
        expect(range.endLine).toBeGreaterThan(range.startLine);
        expect(range.startLine).toBeGreaterThan(start);
        start = range.startLine;
        while ((open_.at(-1) ?? Number.POSITIVE_INFINITY) < range.startLine) open_.pop();
        expect(range.endLine).toBeLessThanOrEqual(open_.at(-1) ?? Number.POSITIVE_INFINITY);
        open_.push(range.endLine);
      }
    }
  });

  it("semantic tokens are in order, apart, within their lines, and survive encoding", () => {
    for (const { source } of sources) {
      const workspace = open(source);
      const tokens = semanticTokens(workspace, uri);
      let end = 0;
      for (const { span } of tokens) {
        expect(span.start).toBeGreaterThanOrEqual(end);
        expect(source.slice(span.start, span.end)).not.toContain("\n");
        expect(span.end).toBeGreaterThan(span.start);
        end = span.end;
      }
      const document = workspace.documents.get(uri)!;
      const data = encodeTokens(document, tokens);
      let [line, column] = [1, 1];
      for (const [at, { span }] of tokens.entries()) {
        const [down = 0, right = 0, length] = data.subarray(at * 5, at * 5 + 3);
        line += down;
        column = down === 0 ? column + right : right + 1;
        expect(document.lines.startOf(line) + column - 1).toBe(span.start);
        expect(length).toBe(span.end - span.start);
      }
    }
  });

  it("selections grow, each around the one before, up to the whole text", () => {
    for (const { source } of sources) {
      const workspace = open(source);
      for (let offset = 0; offset <= source.length; offset += 7) {
        const spans = selectionRanges(workspace, uri, offset);
        expect(spans.at(-1)).toEqual({ start: 0, end: source.length });
        for (const [at, span] of spans.entries()) {
          const inner = spans[at - 1];
          if (inner === undefined) continue;
          expect(span.start).toBeLessThanOrEqual(inner.start);
          expect(span.end).toBeGreaterThanOrEqual(inner.end);
        }
      }
    }
  });

  it("the outline nests: children lie inside their parent", () => {
    for (const { source } of sources) {
      const stack = [...documentSymbols(open(source), uri)];
      for (let one = stack.pop(); one !== undefined; one = stack.pop()) {
        expect(one.nameSpan.start).toBeGreaterThanOrEqual(one.span.start);
        expect(one.nameSpan.end).toBeLessThanOrEqual(one.span.end);
        for (const child of one.children) {
          expect(child.span.start).toBeGreaterThanOrEqual(one.span.start);
          expect(child.span.end).toBeLessThanOrEqual(one.span.end);
        }
        stack.push(...one.children);
      }
    }
  });
});
