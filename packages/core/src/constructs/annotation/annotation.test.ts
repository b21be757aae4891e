import { describe, expect, it } from "vitest";
import { analyse } from "../../analyse.ts";
import { findings, protocol } from "../../testing/findings.ts";

const send = (record: string): string => protocol(`A { ${record} } -> B : X`);

describe("a sender record", () => {
  it("keeps order, duplicates and raw text", () => {
    const { file } = analyse(send("b : [1, 0,0], a : (X,  Y), b : gold"));
    const node = file.protocol?.body[0];
    const entries = node?.kind === "send" ? (node.record?.entries ?? []) : [];
    expect(entries.map((e) => [e.key.text, e.value, e.form])).toEqual([
      ["b", "[1, 0,0]", "list"],
      ["a", "(X,  Y)", "names"],
      ["b", "gold", "name"],
    ]);
  });

  it("may be empty, end in a comma and span lines", () => {
    expect(findings(protocol("A { } -> B : X\nA { flow_cost : 1\n  , trace : x,\n  }\n  -> B : Y"))).toEqual(
      [],
    );
  });

  it.each([
    ['guard_capability : "chat:send"', []],
    ['guard_capability : ""', ["3:PAR4001"]],
    ['guard_capability : "Chat:send"', ["3:PAR4002"]],
    ['guard_capability : "send"', ["3:PAR4003"]],
    ['guard_capability : "cap:send"', ["3:PAR4004"]],
    ["flow_cost : 5s", ["3:PAR4005"]],
    ["flow_cost : 1, flow_cost : 2", ["3:PAR4006"]],
    ['leak : "()"', ["3:PAR4007"]],
    ['leak : "neighbor:1"', ["3:PAR4008"]],
    ['leakage_budget : "1, x"', ["3:PAR4010"]],
    ['link : "bundle=a|exports=b;imports=c"', []],
    ['link : "bundle="', ["3:PAR4011"]],
  ])("%s", (record, expected) => {
    expect(findings(send(record))).toEqual(expected);
  });

  it("is an error where admission refuses it, and leaves the protocol readable", () => {
    const { kernel, verdict, diagnostics } = analyse(send("priority : high, flow_cost : much, colour : red"));
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    expect([verdict, errors.map(({ code }) => code)]).toEqual(["errors", ["PAR4005", "PAR4012"]]);
    expect(kernel).toBeDefined();
  });
});
