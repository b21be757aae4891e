import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "../parse.ts";
import { arbitraryProgram, wholeLanguage } from "../testing/arbitrary-program.ts";
import { withoutSpans } from "../testing/without-spans.ts";
import { format } from "./format.ts";
import { print } from "./print.ts";

/** Spoils the layout of a text without touching its meaning: blanks, empty lines, comments, line ends. */
function spoil(source: string, entropy: readonly number[]): string {
  let at = 0;
  const draw = (bound: number): number => (entropy[at++ % Math.max(entropy.length, 1)] ?? 0) % bound;
  const margin = " ".repeat(draw(4));
  const lines: string[] = [];
  for (const line of source.split("\n")) {
    const indent = line.length - line.trimStart().length;
    let text = line;
    switch (draw(8)) {
      case 1:
        text = `${line}   `;
        break;
      case 2:
        text = line === "" ? line : `${line} -- why`;
        break;
      case 3:
        lines.push("", "");
        break;
      case 4:
        lines.push(`${" ".repeat(draw(9))}-- a note`);
        break;
      case 5:
        lines.push(`${" ".repeat(indent)}{- two`, "   lines -}");
        break;
      case 6:
        text = line.replaceAll(" -> ", "->").replaceAll(" : ", ":");
        break;
      case 7:
        text = line.replaceAll(" -> ", "   ->  {- here -} ");
        break;
      default:
        break;
    }
    lines.push(text === "" ? "" : " ".repeat(indent) + margin + text.slice(indent));
  }
  return lines.join(draw(3) === 1 ? "\r\n" : "\n");
}

const spoiled = fc
  .tuple(arbitraryProgram(wholeLanguage), fc.array(fc.nat({ max: 99 }), { minLength: 1, maxLength: 40 }))
  .map(([source, entropy]) => spoil(source, entropy));

describe("format", () => {
  it("keeps the meaning of every program, and all its comments", () => {
    fc.assert(
      fc.property(spoiled, (source) => {
        const before = parse(source);
        expect(before.diagnostics).toEqual([]);
        const { text } = format(source);
        const after = parse(text);
        expect(after.diagnostics).toEqual([]);
        expect(withoutSpans(after.file)).toEqual(withoutSpans(before.file));
        const comments = (result: typeof before, of: string) =>
          result.tokens.comments.map((c) => of.slice(c.start, c.end).replace(/\s+/g, " ").trim());
        expect(comments(after, text)).toEqual(comments(before, source));
      }),
      { numRuns: 300 },
    );
  });

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(spoiled, (source) => {
        const once = format(source).text;
        expect(format(once).text).toBe(once);
      }),
      { numRuns: 300 },
    );
  });

  it("returns a text with syntax errors as it is, with the findings", () => {
    const source = "protocol P =\n   roles A,B\n   A => B : X\n";
    const { text, diagnostics } = format(source);
    expect(text).toBe(source);
    expect(diagnostics.map((d) => d.code)).toEqual(["PAR1204"]);
  });

  it("lays out a whole file", () => {
    const source = [
      "module  m   exposing( P )",
      'proof_bundle Core version"1" requires[a ,b]',
      "",
      "",
      "protocol P(A,W [3])requires Core=",
      "   A{flow_cost:5,leak:(External, Neighbor)}",
      "        ->W[ 0 .. 2 ]:M   of  a.b< c >",
      "   -- a note",
      "   choice A at",
      "        | Yes  when(a && b)=>A->W[0]:Yes( x )  -- so",
      "        |No=>",
      "              A->W[0]:No",
      "   -- the end",
      "where",
      " protocol L=",
      '  loop while"x"',
      "     A ->*:Tick",
      "",
    ].join("\n");
    expect(format(source).text).toBe(
      [
        "module m exposing (P)",
        'proof_bundle Core version "1" requires [a, b]',
        "",
        "protocol P(A, W[3]) requires Core =",
        "  A { flow_cost : 5, leak : (External, Neighbor) }",
        "    -> W[0..2] : M of a.b<c>",
        "  -- a note",
        "  choice A at",
        "    | Yes when (a && b) => A -> W[0] : Yes( x ) -- so",
        "    | No =>",
        "      A -> W[0] : No",
        "  -- the end",
        "where",
        "  protocol L =",
        '    loop while "x"',
        "      A ->* : Tick",
        "",
      ].join("\n"),
    );
  });
});

describe("format of statements of one role", () => {
  it("lays out every form", () => {
    const source = [
      "protocol P=",
      "   roles A,B",
      "   let   pin=card . pin   in",
      "       A->B:Pin( pin )",
      '   authoritative   let held at A=check Stock . reserve( item ,"a b" )',
      "   begin Print( copy )progress Steady   within short -- soon",
      "   case check Stock.level( item )of",
      "      | Ok( x )=>A->B:Yes",
      "      | Err ( why )=>",
      "            publish   Edition( front )",
      "            A->B:No",
      "   timeout   5s A at",
      "       await   Print",
      "       A->B:Go",
      "   on   timeout=>A->B:Late",
      "   -- perhaps",
      "   on cancel=>",
      "         resolve Print as Success( sheet )",
      "         A->B:Off",
      "   dependent   work Binding( sheets )required for delivery",
      "",
    ].join("\n");
    expect(format(source).text).toBe(
      [
        "protocol P =",
        "  roles A, B",
        "  let pin = card.pin in",
        "    A -> B : Pin( pin )",
        '  authoritative let held at A = check Stock.reserve(item, "a b")',
        "  begin Print(copy) progress Steady within short -- soon",
        "  case check Stock.level(item) of",
        "    | Ok(x) => A -> B : Yes",
        "    | Err(why) =>",
        "      publish Edition(front)",
        "      A -> B : No",
        "  timeout 5s A at",
        "    await Print",
        "    A -> B : Go",
        "  on timeout => A -> B : Late",
        "  -- perhaps",
        "  on cancel =>",
        "    resolve Print as Success(sheet)",
        "    A -> B : Off",
        "  dependent work Binding(sheets) required for delivery",
        "",
      ].join("\n"),
    );
  });
});

describe("print", () => {
  it("writes a tree that reads back as itself", () => {
    fc.assert(
      fc.property(arbitraryProgram(wholeLanguage), (source) => {
        const { file } = parse(source);
        const again = parse(print(file));
        expect(again.diagnostics).toEqual([]);
        expect(withoutSpans(again.file)).toEqual(withoutSpans(file));
      }),
      { numRuns: 300 },
    );
  });

  it("is already in the formatter's style", () => {
    fc.assert(
      fc.property(arbitraryProgram(wholeLanguage), (source) => {
        const text = print(parse(source).file);
        expect(format(text).text).toBe(text);
      }),
      { numRuns: 200 },
    );
  });
});
