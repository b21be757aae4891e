import { describe, expect, it } from "vitest";
import { findings, protocol } from "../testing/findings.ts";

const withLocal = (body: string, local: string): string =>
  `${protocol(body)}where\n  protocol L =\n${local
    .split("\n")
    .map((line) => `    ${line}\n`)
    .join("")}`;

describe("the flow of control", () => {
  it("binds `continue` to the nearest `rec` of its name", () => {
    expect(findings(protocol("rec X\n  A -> B : M\n  rec X\n    A -> B : N\n    continue X"))).toEqual([]);
  });

  it("binds `continue` in a local protocol to the `rec` around its call", () => {
    expect(findings(withLocal("rec X\n  A -> B : M\n  call L", "B -> A : N\ncontinue X"))).toEqual([]);
    expect(findings(withLocal("A -> B : M\ncall L", "B -> A : N\ncontinue X"))).toEqual(["8:PAR3101"]);
  });

  it("wants a message in every round, through calls too", () => {
    expect(findings(withLocal("A -> B : M\nrec X\n  call L", "continue X"))).toEqual(["8:PAR3102"]);
    expect(findings(withLocal("rec X\n  call L\n  continue X", "A -> B : M"))).toEqual([]);
  });

  it("takes a message in one arm of par for a message of the round", () => {
    expect(findings(protocol("rec X\n  par\n    | A -> B : M\n    | B -> A : N\n  continue X"))).toEqual([]);
  });

  it("does not take a loop of no rounds for a message", () => {
    expect(findings(protocol("A -> B : M\nrec X\n  loop repeat 0\n    A -> B : N\n  continue X"))).toEqual([
      "7:PAR3102",
    ]);
  });

  it("follows statements after choices, loops and rec that can end", () => {
    const body =
      "rec X\n  choice A at\n    | On =>\n      A -> B : On\n      continue X\n    | Off => A -> B : Off\nB -> A : Bye";
    expect(findings(protocol(body))).toEqual([]);
  });

  it("reports what stands behind loops without end and jumps", () => {
    expect(findings(protocol("loop forever\n  A -> B : M\nB -> A : Bye"))).toEqual(["5:PAR3103"]);
    expect(findings(protocol("rec X\n  A -> B : M\n  continue X\n  B -> A : N\n  A -> B : O"))).toEqual([
      "6:PAR3103",
    ]);
    expect(findings(withLocal("rec X\n  A -> B : M\n  call L\n  A -> B : O", "continue X"))).toEqual([
      "6:PAR3103",
    ]);
  });

  it("keeps `continue` inside its arm of par", () => {
    const own = "par\n  |\n    rec X\n      A -> B : M\n      continue X\n  | B -> A : N";
    expect(findings(protocol(own))).toEqual([]);
    expect(
      findings(protocol("rec X\n  par\n    | A -> B : M\n    |\n      B -> A : N\n      continue X")),
    ).toEqual(["8:PAR3104"]);
  });

  it("lets a handler of a timeout go back, but not its body", () => {
    const retry = (body: string, late: string): string =>
      protocol(`rec X\n  timeout 1s A at\n    A -> B : M${body}\n  on timeout =>${late}\nA -> B : N`);
    expect(findings(retry("", " continue X"))).toEqual([]);
    expect(findings(retry("\n    continue X", " A -> B : Late"))).toEqual(["6:PAR3506"]);
    const own = "timeout 1s A at\n  rec X\n    A -> B : M\n    continue X\non timeout => A -> B : N";
    expect(findings(protocol(own))).toEqual([]);
    const called = "rec X\n  timeout 1s A at\n    A -> B : M\n    call L\n  on timeout => A -> B : N";
    expect(findings(withLocal(called, "continue X"))).toEqual(["10:PAR3506"]);
    const inside = "rec X\n  A -> B : M\n  call L";
    expect(findings(withLocal(inside, "timeout 1s A at\n  continue X\non timeout => A -> B : N"))).toEqual([
      "9:PAR3506",
    ]);
  });

  it("follows the arms of a case and the block of a let", () => {
    const body = (arm: string): string =>
      protocol(
        `rec X\n  case y of\n    | Ok =>\n      A -> B : M\n      continue X\n    | Err => ${arm}\nB -> A : Bye`,
      );
    expect(findings(body("A -> B : N"))).toEqual([]);
    expect(findings(body("continue X"))).toEqual(["8:PAR3102", "9:PAR3103"]);
    expect(findings(protocol("A -> B : M\nrec X\n  let y = z in\n    publish E\n  continue X"))).toEqual([
      "7:PAR3102",
    ]);
  });

  it("follows a chain of twenty thousand calls without overflow", () => {
    const local = (i: number): string =>
      `  protocol L${i} =\n    A -> B : X\n${i < 20_000 ? `    call L${i + 1}\n` : ""}`;
    const locals = Array.from({ length: 20_001 }, (_, i) => local(i)).join("");
    expect(findings(`${protocol("call L0")}where\n${locals}`)).toEqual([]);
  });
});
