import { describe, expect, it } from "vitest";
import { parseAndCheck } from "../../check.ts";
import { findings, protocol } from "../../testing/findings.ts";
import { withoutSpans } from "../../testing/without-spans.ts";

const control = (head: string) => {
  const loop = parseAndCheck(protocol(`loop ${head}\n  A -> B : X`)).file.protocol?.body[0];
  return withoutSpans(loop?.kind === "loop" ? loop.control : undefined);
};

describe("a loop", () => {
  it("is ended by a role, a number, a name, a condition or never", () => {
    expect(control("decide by A")).toMatchObject({ kind: "decide", by: { name: { text: "A" } } });
    expect(control("repeat 3")).toEqual({ kind: "repeat", count: 3 });
    expect(control("repeat n")).toEqual({ kind: "repeat", count: { text: "n" } });
    expect(control('while "x > f(1)"')).toEqual({ kind: "while", text: "x > f(1)" });
    expect(control("forever")).toEqual({ kind: "forever" });
  });

  it("may hold sender records in its body", () => {
    expect(findings(protocol("loop repeat 2\n  A { priority : 3 } -> B : X"))).toEqual([]);
  });

  it("without a body is reported where the body should be", () => {
    expect(findings(protocol("loop forever\nA -> B : X"))).toEqual(["4:PAR1206"]);
  });

  it("of unknown kind keeps the statements under it", () => {
    const { file } = parseAndCheck(protocol("loop until\n  A -> B : X"));
    expect(file.protocol?.body).toHaveLength(1);
  });
});
