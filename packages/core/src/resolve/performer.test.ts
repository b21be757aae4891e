import { describe, expect, it } from "vitest";
import type { Statement } from "../constructs/statement.ts";
import { blocksOf } from "../constructs/table.ts";
import { parse } from "../parse.ts";
import { protocol } from "../testing/findings.ts";
import { performers } from "./performer.ts";

/** `first words: performer` of every statement that names no actor, in source order. */
function who(source: string): string[] {
  const { file } = parse(source);
  if (file.protocol === undefined) throw new Error("no protocol");
  const found = performers(file.protocol, file.declarations);
  const out: string[] = [];
  const walk = (body: readonly Statement[]): void => {
    for (const statement of body) {
      if (!["send", "choice", "timeout", "rec", "call"].includes(statement.kind)) {
        const words = source.slice(statement.span.start).split(/\s+/, 2).join(" ");
        out.push(`${words}: ${found.get(statement)?.name.text}`);
      }
      for (const block of blocksOf(statement)) walk(block);
    }
  };
  walk(file.protocol.body);
  for (const local of file.protocol.locals) walk(local.body);
  return out;
}

describe("performers", () => {
  it("takes what the statement says", () => {
    expect(who(protocol("let a at B = x\nlet r = transfer s from B to A\nA -> B : M"))).toEqual([
      "let a: B",
      "let r: B",
    ]);
  });

  it("looks ahead in the list, then back, then around it", () => {
    expect(who(protocol("publish E\nawait Op\nB -> A : M\npublish F"))).toEqual([
      "publish E: B",
      "await Op: B",
      "publish F: B",
    ]);
    const arms = "choice B at\n  | X =>\n    B -> A : X\n    rec L\n      publish E";
    expect(who(protocol(arms))).toEqual(["publish E: B"]);
    expect(who(protocol("publish E"))).toEqual(["publish E: A"]);
  });

  it("looks into a case and a let block first", () => {
    const source = "case x of\n  | Ok =>\n    publish E\n  | Err =>\n    B -> A : M\nA -> B : N";
    expect(who(protocol(source))).toEqual(["case x: B", "publish E: B"]);
    expect(who(protocol("let x = y in\n  B -> A : M\nA -> B : N"))).toEqual(["let x: B"]);
  });

  it("gives the exits of a timeout to its owner", () => {
    const source =
      "timeout 1s B at\n  A -> B : M\non timeout =>\n  publish Late\non cancel =>\n  publish Off";
    expect(who(protocol(source))).toEqual(["publish Late: B", "publish Off: B"]);
  });

  it("gives a local protocol what its first call gives", () => {
    const source = "choice B at\n  | X =>\n    B -> A : X\n    call L\n";
    expect(who(`${protocol(source)}where\n  protocol L =\n    publish E\n`)).toEqual(["publish E: B"]);
  });

  it("ends on a circle of calls", () => {
    expect(who(`${protocol("publish E\ncall L")}where\n  protocol L =\n    call L\n`)).toEqual([
      "publish E: A",
    ]);
  });

  it("follows a chain of twenty thousand calls without overflow", () => {
    const local = (i: number): string =>
      `  protocol L${i} =\n${i < 20_000 ? `    call L${i + 1}\n` : "    publish E\n    B -> A : M\n"}`;
    const locals = Array.from({ length: 20_001 }, (_, i) => local(i)).join("");
    expect(who(`${protocol("let x = y\ncall L0")}where\n${locals}`)).toEqual(["let x: B", "publish E: B"]);
  });
});
