import { describe, expect, it } from "vitest";
import { compareCase, keyPhrases, messageMatches, renamedBinders } from "./compare.ts";

const golden = {
  parse: { ok: true, name: "Ask", namespace: null, roles: [{ name: "A" }, { name: "B" }] },
  analysis: { deadlock_free: false, warnings: [] },
  global: { Comm: { sender: "A", receiver: "B", branches: [[{ name: "M", sort: "Unit" }, "End"]] } },
};

const keys = (ours: Record<string, unknown>, skips: readonly string[] = []) =>
  compareCase("language", "ask", ours, golden, skips).map((mismatch) => mismatch.key);

describe("comparing a language case", () => {
  it("accepts an equal answer whatever the order of object keys", () => {
    const parse = { roles: [{ name: "A" }, { name: "B" }], namespace: null, name: "Ask", ok: true };
    expect(keys({ global: golden.global, analysis: golden.analysis, parse })).toEqual([]);
  });

  it("names the deepest place that differs", () => {
    const global = { Comm: { ...golden.global.Comm, receiver: "C" } };
    expect(keys({ ...golden, global })).toEqual(["global.Comm.receiver"]);
  });

  it("keeps the order of arrays and their length", () => {
    const parse = { ...golden.parse, roles: [{ name: "B" }, { name: "A" }] };
    expect(keys({ ...golden, parse })).toEqual(["parse.roles.0.name", "parse.roles.1.name"]);
    expect(keys({ ...golden, parse: { ...golden.parse, roles: [{ name: "A" }] } })).toEqual([
      "parse.roles.1",
    ]);
  });

  it("reports a stage we reached and the reference did not, and the other way round", () => {
    expect(keys({ ...golden, locals: {} })).toEqual(["locals"]);
    expect(keys({ parse: golden.parse, analysis: golden.analysis })).toEqual(["global"]);
  });

  it("does not judge deadlock freedom", () => {
    expect(keys({ ...golden, analysis: { deadlock_free: true, warnings: [] } })).toEqual([]);
  });

  it("honours skips, whole keys and dotted ones", () => {
    expect(keys({ ...golden, global: "End" }, ["global"])).toEqual([]);
    const parse = { ...golden.parse, name: "Other", namespace: "x" };
    expect(keys({ ...golden, parse }, ["parse.name"])).toEqual(["parse.namespace"]);
  });

  it("tells null from absent", () => {
    const { namespace: _, ...parse } = golden.parse;
    expect(keys({ ...golden, parse })).toEqual(["parse.namespace"]);
  });
});

describe("comparing errors", () => {
  const failure = {
    ok: false,
    kind: "Layout",
    line: 3,
    message: "Tabs are not allowed for indentation",
    reference_span: [3, 1, 3, 2],
  };
  const parse = (ours: object, theirs: object) =>
    compareCase("language", "error", { parse: ours }, { parse: theirs }).map((mismatch) => mismatch.key);

  it("compares kind and line, and the message by its key phrase", () => {
    const message = "tabs are not allowed for indentation (2 in this text); use spaces";
    expect(parse({ ok: false, kind: "Layout", line: 3, message }, failure)).toEqual([]);
    expect(parse({ ok: false, kind: "Layout", line: 4, message }, failure)).toEqual(["parse.line"]);
    expect(parse({ ok: false, kind: "Layout", line: 3, message: "no" }, failure)).toEqual(["parse.message"]);
  });

  it("ignores what a grammar error expected", () => {
    const pest = { ok: false, kind: "Pest", line: 3, message: "expected role_index" };
    expect(parse({ ...pest, message: "expected `:`" }, pest)).toEqual([]);
    expect(parse({ ...pest, kind: "Syntax" }, pest)).toEqual(["parse.kind"]);
  });

  it("leaves the names out of key phrases", () => {
    expect(keyPhrases("linear binding 'receipt' is never consumed")).toEqual(["is never consumed"]);
    expect(messageMatches("linear binding 'deed' is never consumed", "`deed` is never consumed")).toBe(true);
    expect(messageMatches("linear binding 'deed' is never consumed", "linear binding `deed`")).toBe(false);
    expect(messageMatches("Undefined role 'Boss'", "undefined role 'Boss'")).toBe(true);
  });

  it("compares a machine error by kind, coroutine, code and variant of the fault", () => {
    const theirs = {
      status: {
        error: { kind: "Fault", coro: 1, code: "x", fault: { Invoke: { failure: 1 } }, message: "a" },
      },
    };
    const ours = (error: object) =>
      compareCase("machine", "m", { status: { error } }, theirs).map((m) => m.key);
    expect(ours({ kind: "Fault", coro: 1, code: "x", fault: { Invoke: {} }, message: "b" })).toEqual([]);
    expect(ours({ kind: "Fault", coro: 1, code: "x", fault: "OutOfCredits" })).toEqual([
      "status.error.fault",
    ]);
    expect(ours({ kind: "Fault", coro: 2, code: "x", fault: { Invoke: {} } })).toEqual(["status.error.coro"]);
  });

  it("compares a projection error by everything but its message", () => {
    const error = (kind: string, message: string) => ({ projections: { A: { error: { kind, message } } } });
    const found = compareCase(
      "projection",
      "p",
      error("MergeFailure", "ours"),
      error("MergeFailure", "theirs"),
    );
    expect(found).toEqual([]);
    expect(compareCase("projection", "p", error("EndMismatch", ""), error("MergeFailure", ""))).toHaveLength(
      1,
    );
  });
});

describe("renaming binders", () => {
  const loop = (name: string, other: string) => ({
    Mu: {
      var: name,
      body: { Comm: { branches: [[{ name: "m" }, { Mu: { var: other, body: { Var: name } } }]] } },
    },
  });

  it("makes types equal that differ in the names of their variables only", () => {
    expect(renamedBinders(loop("a", "b"))).toEqual(renamedBinders(loop("x", "y")));
  });

  it("tells the inner from the outer variable, and keeps free ones", () => {
    expect(renamedBinders(loop("a", "a"))).not.toEqual(renamedBinders(loop("a", "b")));
    expect(renamedBinders({ Var: "free" })).toEqual({ Var: "free" });
  });
});
