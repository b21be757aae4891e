import { describe, expect, it } from "vitest";
import { findings, protocol } from "../testing/findings.ts";

const take = "let r = transfer house from A to B";
const of = (body: string): string[] => findings(protocol(`${take}\n${body}`, "A, B"));
const withLocal = (body: string, local: string): string[] =>
  findings(`${protocol(`${take}\n${body}`)}where\n  protocol L =\n    ${local}\n`);

describe("a receipt", () => {
  it.each([
    "A -> B : Keys(r)",
    "A -> B : Keys(theatre, r)",
    "handoff sale to B with r\nA -> B : M",
    "dependent work Bind(r) required for sale\nA -> B : M",
    "let s = transfer r from B to A\nA -> B : Keys(s)",
    "let s = r\nA -> B : M",
    "let s = Just(r)\nA -> B : M",
    "case r of\n  | Ok => A -> B : X\n  | Err => A -> B : Y",
  ])("is used up by %j", (body) => {
    expect(of(body)).toEqual([]);
  });

  it.each([
    "A -> B : Keys",
    "A -> B : Keys(theatre)",
    'A -> B : Keys("r")',
    "A -> B : Keys(deed.r)",
    "publish r as Page\nA -> B : M",
    "publish Sold(r)\nA -> B : M",
    "begin Sale(r)\nA -> B : M",
    "let s = r.place\nA -> B : M",
    "loop forever\n  A -> B : M",
  ])("is not used up by %j", (body) => {
    expect(of(body)).toEqual(["3:PAR3510"]);
  });

  it("is used up once on each way", () => {
    const arms = "choice A at\n  | X => A -> B : X(r)\n  | Y => A -> B : Y(r)";
    expect(of(arms)).toEqual([]);
    expect(of(`${arms}\nA -> B : Z(r)`)).toEqual(["7:PAR3511"]);
    expect(of("choice A at\n  | X => A -> B : X(r)\n  | Y => A -> B : Y\nA -> B : Z(r)")).toEqual([
      "6:PAR3512",
    ]);
    expect(of("case x of\n  | Ok => A -> B : X(r)\n  | Err => A -> B : Y")).toEqual(["6:PAR3512"]);
  });

  it("does not count arms that never arrive", () => {
    const body =
      "rec Lap\n  let s = transfer yard from A to B\n  choice A at\n    | X =>\n      A -> B : X(s)\n      continue Lap";
    const done = "\n    | Y => A -> B : Y(s)\nA -> B : Z(r)";
    expect(of(body + done)).toEqual([]);
    expect(of(`${body.replace("X(s)", "X")}${done}`)).toEqual(["5:PAR3510"]);
  });

  it("may be used up inside a loop only when taken there", () => {
    const inside = "let s = transfer yard from A to B\n  A -> B : M(s)";
    expect(findings(protocol(`loop repeat 2\n  ${inside}`))).toEqual([]);
    expect(of("loop repeat 2\n  A -> B : M(r)")).toEqual(["5:PAR3513"]);
    expect(of("loop repeat 2\n  A -> B : M(r)\nA -> B : N(r)")).toEqual(["5:PAR3513"]);
  });

  it("is followed into local protocols, where it is used up in place of the call", () => {
    expect(withLocal("A -> B : M\ncall L", "A -> B : Keys(r)")).toEqual([]);
    expect(withLocal("A -> B : M(r)\ncall L", "A -> B : Keys(r)")).toEqual(["8:PAR3511"]);
    expect(withLocal("loop repeat 2\n  call L", "A -> B : Keys(r)")).toEqual(["8:PAR3513"]);
    expect(withLocal("A -> B : M\ncall L", "let r = y")).toEqual(["3:PAR3510"]);
  });

  it("of a local protocol is used up there", () => {
    const local = "let s = transfer yard from A to B";
    const main = protocol("A -> B : M\ncall L\nA -> B : Keys(s)");
    expect(findings(`${main}where\n  protocol L =\n    ${local}\n    B -> A : N\n`)).toEqual(["8:PAR3510"]);
  });

  it("is the same after every exit of a timeout", () => {
    const timeout = (body: string, late: string, off: string): string[] =>
      of(
        `timeout 1s A at\n  A -> B : X${body}\non timeout => A -> B : Y${late}\non cancel => A -> B : Z${off}`,
      );
    expect(timeout("(r)", "(r)", "(r)")).toEqual([]);
    expect(timeout("(r)", "", "(r)")).toEqual(["6:PAR3516"]);
    expect(timeout("(r)", "(r)", "")).toEqual(["7:PAR3517"]);
  });

  it("is reported once, whatever else is wrong with it", () => {
    expect(of("par\n  | A -> B : X(r)\n  | B -> A : Y(r)\nA -> B : Z(r)")).toEqual(["5:PAR3515"]);
  });

  it("is left alone when a line after it could not be read", () => {
    expect(of("A => B : Keys(r)\nA -> B : M")).toEqual(["4:PAR1204"]);
  });

  it("does not take for ever on calls in powers of two", () => {
    const locals = Array.from(
      { length: 40 },
      (_, i) => `  protocol L${i} =\n    call L${i + 1}\n    call L${i + 1}\n`,
    );
    const source = `${protocol(`${take}\ncall L0`)}where\n${locals.join("")}  protocol L40 =\n    A -> B : M(r)\n`;
    expect(findings(source)).toEqual(["127:PAR3511"]);
  });
});
