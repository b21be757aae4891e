import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyse } from "./analyse.ts";
import { check } from "./check.ts";
import { parse } from "./parse.ts";
import { allTokens } from "./syntax/token-list.ts";
import { arbitraryProgram, wholeLanguage } from "./testing/arbitrary-program.ts";

const fragments = [
  "protocol P =\n",
  "  roles A, B\n",
  "A -> B : M",
  "choice A at\n",
  "    | X => ",
  "{",
  "}",
  "(",
  ")",
  "[",
  "]",
  "{-",
  "-}",
  "--",
  '"',
  "\n",
  "\r\n",
  "\t",
  "    ",
  "where\n",
  "rec L\n",
  "continue L",
  "par\n",
  "|",
  "loop forever\n",
  "call L",
  "module m exposing (",
  "effect E\n",
  "é",
  "\u{1F600}",
  "_x",
  "=>",
  "->*",
  "..",
  "5s",
  "of a<",
  "when (",
  "heartbeat",
  "case check E.op(a) of\n",
  "    | Ok(x) => ",
  "timeout 5s A at\n",
  "on timeout => ",
  "on cancel =>\n",
  "let x = transfer s from A to B\n",
  "let y = x in\n",
  "authoritative let z at A = ",
  "begin Op(a, ",
  "resolve Op as Success",
  "publish w as N\n",
  "when check E.op() yields w",
];
const soup = fc.array(fc.constantFrom(...fragments), { maxLength: 60 }).map((parts) => parts.join(""));
const anyText = fc.oneof(soup, fc.string({ unit: "binary", maxLength: 200 }), fc.string({ maxLength: 200 }));

describe("parse", () => {
  it("never throws, and every span lies in the text", () => {
    fc.assert(
      fc.property(anyText, (source) => {
        const { file, diagnostics } = parse(source);
        for (const { span } of [...diagnostics, ...check(file, diagnostics)]) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeGreaterThanOrEqual(span.start);
          expect(span.end).toBeLessThanOrEqual(source.length);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("loses no character: tokens and trivia join to the source", () => {
    fc.assert(
      fc.property(anyText, (source) => {
        const pieces = allTokens(parse(source).tokens);
        expect(pieces.map(({ span }) => source.slice(span.start, span.end)).join("")).toBe(source);
      }),
      { numRuns: 2_000 },
    );
  });

  it("and what follows it find nothing wrong with well-formed programs", () => {
    fc.assert(
      fc.property(
        fc.boolean().chain((families) => arbitraryProgram({ families })),
        (source) => {
          // A random program may be one request and its answer, which is no mistake.
          expect(analyse(source).diagnostics.filter(({ severity }) => severity !== "info")).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("and what follows it find no fault with programs of the whole language", () => {
    fc.assert(
      fc.property(
        fc.boolean().chain((families) => arbitraryProgram({ ...wholeLanguage, families })),
        (source) => {
          // Advice on where ownership is better settled stays.
          expect(analyse(source).diagnostics.filter((d) => d.severity !== "info")).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("keeps the good part when one line is broken", () => {
    fc.assert(
      fc.property(arbitraryProgram({ ...wholeLanguage, effects: false }), fc.nat(), (source, pick) => {
        const lines = source.trimEnd().split("\n");
        const at = lines.findIndex((line, i) => i >= pick % lines.length && line.includes(" -> "));
        if (at < 0) return;
        const broken = lines.map((line, i) => (i === at ? line.replace(" -> ", " ? ") : line)).join("\n");
        const { file, diagnostics } = parse(broken);
        expect(diagnostics).toHaveLength(1);
        const count = (text: string): number => text.split('"kind":"send"').length;
        expect(count(JSON.stringify(file))).toBe(count(JSON.stringify(parse(source).file)) - 1);
      }),
      { numRuns: 500 },
    );
  });

  it("reads a uniformly indented text with CRLF like a plain one", () => {
    fc.assert(
      fc.property(arbitraryProgram(wholeLanguage), (source) => {
        const shifted = source
          .split("\n")
          .map((line) => (line === "" ? line : `    ${line}`))
          .join("\r\n");
        expect(parse(shifted).diagnostics).toEqual([]);
      }),
    );
  });
});
