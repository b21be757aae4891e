import { describe, expect, it } from "vitest";
import { parseAndCheck } from "../../check.ts";
import { findings, protocol } from "../../testing/findings.ts";
import { withoutSpans } from "../../testing/without-spans.ts";

describe("a choice", () => {
  it("reads arms on one line and on deeper lines, with guards", () => {
    const { file } = parseAndCheck(
      protocol(
        "choice A at\n  | Go when (x > 1) => A -> B : Go\n  | No =>\n    A -> B : No\n    B -> A : Ok",
      ),
    );
    expect(withoutSpans(file.protocol?.body[0])).toMatchObject({
      kind: "choice",
      decider: { name: { text: "A" } },
      arms: [
        { label: { text: "Go" }, guard: { kind: "predicate", text: "x > 1", normal: "(x) > (1)" } },
        { label: { text: "No" }, body: [{ kind: "send" }, { kind: "send" }] },
      ],
    });
  });

  it("reads a guard with evidence", () => {
    const { file } = parseAndCheck(
      protocol('choice A at\n  | Go when check Door.open(badge, "x") yields pass => A -> B : Go'),
    );
    const choice = file.protocol?.body[0];
    expect(withoutSpans(choice?.kind === "choice" ? choice.arms[0]?.guard : undefined)).toEqual({
      kind: "evidence",
      effect: { text: "Door" },
      operation: { text: "open" },
      args: ["badge", '"x"'],
      binding: { text: "pass" },
    });
  });

  it("is checked inside arms like anywhere else", () => {
    const inner =
      "choice A at\n  | Go =>\n    A -> B : Go\n    choice B at\n      | X => A -> B : X\n      | X => B -> A : Y";
    expect(findings(protocol(inner))).toEqual(["7:PAR3003", "8:PAR3002"]);
  });

  it("sees the first message through calls", () => {
    const source = (sender: string, to: string) =>
      `${protocol("choice A at\n  | Go => call L\n  | No => A -> B : No")}where\n  protocol L =\n    ${sender} -> ${to} : Go\n`;
    expect(findings(source("A", "B"))).toEqual([]);
    expect(findings(source("B", "A"))).toEqual(["4:PAR3003"]);
  });

  it("is made by a member, not by a family", () => {
    expect(findings(protocol("choice W[1] at\n  | Go => W[1] -> A : Go", "A, W[2]"))).toEqual([]);
    expect(findings(protocol("choice W at\n  | Go => W -> A : Go", "A, W[2]"))).toEqual(["3:PAR3005"]);
  });

  it("keeps its good arms when one is broken", () => {
    const { file, diagnostics } = parseAndCheck(
      protocol("choice A at\n  | => A -> B : X\n  | No => A -> B : No"),
    );
    expect(diagnostics.map((d) => d.code)).toEqual(["PAR1201"]);
    const choice = file.protocol?.body[0];
    expect(choice?.kind === "choice" && choice.arms.map((arm) => arm.label.text)).toEqual(["No"]);
  });

  it("in removed braces is reported once and still read", () => {
    const { file, diagnostics } = parseAndCheck(
      protocol("choice A at {\n  | X => A -> B : X\n  | Y => A -> B : Y\n}"),
    );
    expect(diagnostics.map((d) => d.code)).toEqual(["PAR1301"]);
    const choice = file.protocol?.body[0];
    expect(choice?.kind === "choice" && choice.arms).toHaveLength(2);
  });
});
