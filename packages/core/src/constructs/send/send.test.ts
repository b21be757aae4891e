import { describe, expect, it } from "vitest";
import { parseAndCheck } from "../../check.ts";
import { findings, protocol } from "../../testing/findings.ts";
import { withoutSpans } from "../../testing/without-spans.ts";

const first = (body: string, roles?: string) => parseAndCheck(protocol(body, roles)).file.protocol?.body[0];

describe("a send", () => {
  it("reads sender record, receiver, message, type and payload", () => {
    const source =
      'A { flow_cost : 5, trace : "t", window : 2h, }\n    -> B : Order of shop.Order<Item, a.B>(order, 1)';
    expect(withoutSpans(first(source))).toMatchObject({
      kind: "send",
      from: { name: { text: "A" } },
      record: {
        entries: [
          { key: { text: "flow_cost" }, value: "5", form: "integer" },
          { key: { text: "trace" }, value: "t", form: "string" },
          { key: { text: "window" }, value: "2h", form: "duration" },
        ],
      },
      to: { name: { text: "B" } },
      message: {
        name: { text: "Order" },
        type: { path: ["shop", "Order"], args: [{ path: ["Item"] }, { path: ["a", "B"] }] },
        payload: { text: "(order, 1)" },
      },
    });
  });

  it("may use keywords as names of roles and messages", () => {
    const source = protocol(
      "loop -> par : continue\npar -> loop : choice\nrec { trace : x } -> par : of",
      "loop, par, rec",
    );
    expect(findings(source)).toEqual([]);
  });

  it("spans from the sender to the end of the message", () => {
    const source = protocol("A -> B : M of x.Y");
    const span = parseAndCheck(source).file.protocol?.body[0]?.span ?? { start: 0, end: 0 };
    expect(source.slice(span.start, span.end)).toBe("A -> B : M of x.Y");
  });

  it("does not read the next line as its payload", () => {
    expect(findings(protocol("A -> B : M\n  B -> A : N"))).toEqual(["4:PAR1105"]);
    expect(parseAndCheck(protocol("A -> B : M\n  B -> A : N")).file.protocol?.body).toHaveLength(2);
  });

  it("with a missing message leaves the next statement whole", () => {
    const { file } = parseAndCheck(protocol("A -> B :\nB -> A : N"));
    expect(file.protocol?.body).toHaveLength(1);
    expect(findings(protocol("A -> B :\nB -> A : N"))).toEqual(["4:PAR1201"]);
  });

  it("finds several mistakes in one pass", () => {
    expect(findings(protocol("A => B : X\nA -> Bb : Y\nA -> A : Z\nA { flow_cost = 1 } -> B : W"))).toEqual([
      "3:PAR1204",
      "4:PAR2001",
      "5:PAR3001",
      "6:PAR1209",
    ]);
  });

  it("suggests the role that was meant, with an edit", () => {
    const [finding] = parseAndCheck(
      protocol("A -> B : X\nA -> Clerc : Y\nA -> Clerk : Z", "A, B, Clerk"),
    ).diagnostics;
    expect(finding?.message).toContain("did you mean `Clerk`?");
    expect(finding?.fix?.edits[0]?.text).toBe("Clerk");
  });

  it("to itself is an error for members and whole families too", () => {
    expect(findings(protocol("W[0] -> W[0] : X\nW -> W[*] : Y\nW[0] -> W[1] : Z", "W[2]"))).toEqual([
      "3:PAR3001",
      "4:PAR3001",
    ]);
  });
});
