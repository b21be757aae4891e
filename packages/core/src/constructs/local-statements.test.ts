import { describe, expect, it } from "vitest";
import { parseAndCheck } from "../check.ts";
import { applyFix } from "../diagnostics/apply-fix.ts";
import { parse } from "../parse.ts";
import { print } from "../print/print.ts";
import { findings, protocol } from "../testing/findings.ts";
import { withoutSpans } from "../testing/without-spans.ts";
import type { Statement } from "./statement.ts";

const read = (source: string): readonly Statement[] => parse(protocol(source)).file.protocol?.body ?? [];
const first = (source: string): unknown => withoutSpans(read(source)[0]);

describe("statements of one role", () => {
  it.each([
    "begin Print",
    'begin Print(copy, "two words", 3, Shop.page(copy))',
    "begin Print(copy) progress Steady requires Calm within short on timeout => again on stall => alarm",
    "await Print",
    "resolve Print as Success(sheet)",
    "resolve Print as Cancelled",
    "invalidate Print",
    "publish Edition",
    "publish Edition(front.page)",
    "publish witness as FrontPage",
    "materialize proof from FrontPage",
    "handoff sale to B with receipt",
    "dependent work Binding(sheets) required for delivery",
    "dependent work Binding required for delivery",
    "let pin = card.pin",
    "let pin at B = Just(card.pin)",
    "let none = Nothing",
    "let odd = Just",
    "let call = Pair(a, b)",
    "authoritative let held at A = check Stock.reserve(item)",
    "observe let now = observe Stock.level()",
    "let receipt = transfer house from A to B",
  ])("reads and prints %j", (line) => {
    const source = protocol(`${line}\nA -> B : M`);
    const { file, diagnostics } = parse(source);
    expect(diagnostics).toEqual([]);
    expect(file.protocol?.body).toHaveLength(2);
    expect(print(file)).toBe(source);
  });

  it("keeps what it reads", () => {
    expect(first("let x at B = Ok(a . b)")).toEqual({
      kind: "let",
      mode: "plain",
      name: { text: "x" },
      at: { kind: "roleRef", name: { text: "B" } },
      value: { kind: "constructor", name: { text: "Ok" }, arg: { text: "a.b" } },
    });
    expect(first("resolve Op as Failure(why)")).toEqual({
      kind: "resolve",
      operation: { text: "Op" },
      outcome: { kind: "Failure", value: { text: "why" } },
    });
    expect(first("let x = y in\n  A -> B : M")).toMatchObject({ kind: "let", body: [{ kind: "send" }] });
    expect(first("timeout 2m A at\n  A -> B : M\non timeout => A -> B : N")).toMatchObject({
      duration: { millis: 120_000, text: "2m" },
      onTimeout: [{ kind: "send" }],
    });
  });

  it.each([
    ["begin", "an operation"],
    ["await -- nothing", "an operation"],
    ["resolve Op", "`as`"],
    ["resolve Op as Succes", "`Success`"],
    ["resolve Op as Cancelled(x)", "`Cancelled` stands alone"],
    ["publish", "an event"],
    ["publish E(a, b)", "after one value"],
    ["materialize p", "`from`"],
    ["handoff op B", "`to`"],
    ["handoff op to B", "`with`"],
    ["dependent work W", "`required for`"],
    ["let = x", "a name to bind"],
    ["let x", "`=`"],
    ["let x = ", "an expression"],
    ["let x = check Stock", "`.`"],
    ["let x = check Stock.level", "`(`"],
    ["let x = transfer s from A", "`to`"],
    ["let x = Nothing(y)", "`Nothing` stands alone"],
    ["let x = Ok()", "a name"],
    ["case x\n  | Ok => A -> B : X\n  | Err => A -> B : Y", "`of`"],
    ["timeout A at\n  A -> B : X\non timeout => A -> B : Y", "a duration"],
    ["timeout 5 A at\n  A -> B : X\non timeout => A -> B : Y", "a unit of time"],
    ["timeout 5s A\n  A -> B : X\non timeout => A -> B : Y", "`at`"],
  ])("reports %j once, and reads on", (line, expected) => {
    const { file, diagnostics } = parse(protocol(`A -> B : Before\n${line}\nA -> B : After`));
    const own = diagnostics.filter((d) => d.code === "PAR1201");
    expect(own.map((d) => d.message).join()).toContain(expected);
    expect(own).toHaveLength(1);
    const labels = file.protocol?.body.map((s) => (s.kind === "send" ? s.message.name.text : s.kind));
    expect(labels?.[0]).toBe("Before");
    expect(labels?.at(-1)).toBe("After");
  });

  it("leaves names that start like a keyword, and roles called like one, alone", () => {
    const roles = "beginner, letter, on, case, timeout, publish, authoritative, dependent, within";
    const lines = roles.split(", ").map((role, i, all) => `${role} -> ${all[(i + 1) % all.length]} : M${i}`);
    expect(findings(protocol(lines.join("\n"), roles))).toEqual([]);
    expect(findings(protocol("let x = a\nin -> B : M\nB -> in : N", "in, B"))).toEqual([]);
  });

  it("takes no deeper lines", () => {
    expect(findings(protocol("publish E\n  A -> B : M"))).toEqual(["4:PAR1105"]);
  });

  it("reports a handler where no timeout ends", () => {
    expect(findings(protocol("A -> B : M\non cancel =>\n  A -> B : N"))).toEqual(["4:PAR3503"]);
  });

  it("resolves the roles they name", () => {
    expect(findings(protocol("let x at C = y\nA -> B : M"))).toEqual(["3:PAR2001"]);
    expect(findings(protocol("handoff op to C with r\nA -> B : M"))).toEqual(["3:PAR2001"]);
    expect(findings(protocol("let x = transfer s from A to C\nA -> B : M(x)"))).toEqual(["3:PAR2001"]);
    const timeout = "timeout 1s W at\n  A -> W : X\non timeout => A -> W : Y";
    expect(findings(protocol(timeout, "A, W[3]"))).toEqual(["3:PAR3005"]);
  });

  it.each([
    ["timeout 5sec A at\n  A -> B : X\non timeout => A -> B : Y", "timeout 5s A at"],
    ["timeout 5 m A at\n  A -> B : X\non timeout => A -> B : Y", "timeout 5m A at"],
    ["timeout 5 A at\n  A -> B : X\non timeout => A -> B : Y", "timeout 5s A at"],
    ["timeout 5s A\n  A -> B : X\non timeout => A -> B : Y", "timeout 5s A at"],
    ["timeout 5s A at\n  A -> B : X\non timeout -> A -> B : Y", "on timeout => A"],
    ["case x\n  | Ok => A -> B : X\n  | Err => A -> B : Y", "case x of"],
    ["case x of\n  | Ok y => A -> B : X\n  | Err => A -> B : Y", "| Ok(y) =>"],
    ["let x := y\nA -> B : M", "let x = y"],
    ["x = y\nA -> B : M", "let x = y"],
    ["let x = y\n  A -> B : M", "let x = y in"],
    ["handoff op to B using r\nA -> B : M", "handoff op to B with r"],
    ["awiat Op\nbegin Op\nA -> B : M", "await Op"],
    ["begin Op\nresolve Op as Succes\nA -> B : M", "resolve Op as Success"],
  ])("offers a fix for %j that mends it", (body, right) => {
    const source = protocol(body);
    const { diagnostics } = parseAndCheck(source);
    expect(diagnostics).toHaveLength(1);
    const after = applyFix(source, diagnostics[0]?.fix ?? { title: "", edits: [] });
    expect(findings(after)).toEqual([]);
    expect(after).toContain(right);
  });

  it.each([
    "timeout 5s at\n  A -> B : X\non timeout => A -> B : Y",
    "timeout A 5s at\n  A -> B : X\non timeout => A -> B : Y\non cancel => A -> B : Z",
    "timeout 5s A at\n  A -> B : X\n  on timeout =>\n    A -> B : Y",
    "timeout 5s A at\n  A -> B : X\non cancel => A -> B : Y\non timeout => A -> B : Z",
    "timeout 5s A at A -> B : X\non timeout => A -> B : Y",
    "let x = y in A -> B : X",
  ])("says one thing about %j", (body) => {
    expect(findings(protocol(body))).toHaveLength(1);
  });

  it("offers a mode that fits the expression", () => {
    const { diagnostics } = parse(protocol("authoritative let x = observe E.f()\nA -> B : M"));
    expect(diagnostics.map((d) => [d.code, d.fix?.title])).toEqual([["PAR3504", "Bind with `observe let`"]]);
  });
});
