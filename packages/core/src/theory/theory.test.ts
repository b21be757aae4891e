import { describe, expect, it } from "vitest";
import { contentId } from "./content-id.ts";
import { decodeGlobal, type GlobalType } from "./global-type.ts";
import { compareText } from "./label.ts";
import { decodeLocal, encodeLocal, type LocalTypeR } from "./local-type-r.ts";
import { consume, enabled, step } from "./step.ts";
import { freeVars } from "./structure.ts";
import { substitute } from "./substitute.ts";
import { syncSubtype } from "./sync-subtype.ts";
import { idleLoops } from "./well-formed.ts";

const label = (name: string) => ({ name, sort: "Unit" }) as const;
const end = { kind: "end" } as const;
const send = (...names: string[]): LocalTypeR => ({
  kind: "send",
  partner: "B",
  branches: names.map((name) => ({ label: label(name), payload: null, next: end })),
});
const comm = (name: string, next: GlobalType): GlobalType => ({
  kind: "comm",
  sender: "A",
  receiver: "B",
  branches: [{ label: label(name), next }],
});

describe("codecs refuse what is not a type, and say where", () => {
  it.each([
    [{ Comm: { sender: "A", receiver: "B" } }, "InvalidGlobal", "$.Comm.branches"],
    [{ Comm: { sender: "A", receiver: "B", branches: [], more: 1 } }, "UnexpectedField", "$.Comm.more"],
    [{ Comm: { sender: 1, receiver: "B", branches: [] } }, "InvalidGlobal", "$.Comm.sender"],
    [{ Mu: { var: "t", body: "end" } }, "InvalidGlobal", "$.Mu.body"],
    [{ Mu: {}, Var: "t" }, "UnexpectedField", "$"],
    [
      { Comm: { sender: "A", receiver: "B", branches: [[{ name: "m", sort: "Int" }, "End"]] } },
      "InvalidSort",
      "$.Comm.branches.0.0.sort",
    ],
  ])("%j", (input, kind, path) => {
    expect(() => decodeGlobal(input)).toThrow(expect.objectContaining({ kind, path }));
  });
  it("refuses a type nested deeper than 256", () => {
    let json: unknown = "End";
    for (let i = 0; i < 300; i++) json = { Mu: { var: "t", body: json } };
    expect(() => decodeGlobal(json)).toThrow(expect.objectContaining({ kind: "TooDeep" }));
  });
  it("gives back what it read", () => {
    const json = {
      Send: { partner: "B", branches: [[{ name: "m", sort: { Vector: 3 } }, "Nat", { Var: "t" }]] },
    };
    expect(encodeLocal(decodeLocal(json))).toEqual(json);
  });
});

it("renames a binder that would capture", () => {
  const type: GlobalType = { kind: "mu", var: "y", body: { kind: "var", name: "x" } };
  expect(substitute<GlobalType>(type, "x", { kind: "var", name: "y" })).toEqual({
    kind: "mu",
    var: "y_0",
    body: { kind: "var", name: "y" },
  });
});

it("hashes to the vectors of the specification", () => {
  expect(contentId(end)).toBe("5785588a591f7071b928e465ad7b36950b0d2c30e9c92e2d152766e0c67f4153");
  const loop: GlobalType = { kind: "mu", var: "any", body: comm("msg", { kind: "var", name: "any" }) };
  expect(contentId(loop)).toBe("c0527e3be32cfa0d12b4da37e81e2c8b57eca8c929b0863ee73912a843e579dc");
  expect(freeVars(loop)).toEqual([]);
});

it("lets a program send less and a channel carry more", () => {
  expect(syncSubtype(send("a", "b"), send("a"))).toBeUndefined();
  expect(syncSubtype(send("a", "b"), send("a"), "program")).toEqual({ kind: "ExtraLabel", label: "b" });
  expect(syncSubtype(send("a"), send("a", "b"), "program")).toBeUndefined();
});

it("consumes the head communication through binders", () => {
  const loop: GlobalType = { kind: "mu", var: "t", body: comm("m", { kind: "var", name: "t" }) };
  expect(consume(loop, "A", "B", "m")).toEqual(loop);
  expect(consume({ kind: "mu", var: "t", body: { kind: "var", name: "t" } }, "A", "B", "m")).toBeUndefined();
});

it("names loops that do nothing", () => {
  expect(idleLoops({ kind: "mu", var: "t", body: end })).toEqual(["t"]);
  expect(idleLoops({ kind: "mu", var: "t", body: comm("m", end) })).toEqual([]);
});

it("looks for an action behind a loop without going round for ever", () => {
  const far: GlobalType = {
    kind: "comm",
    sender: "C",
    receiver: "D",
    branches: [{ label: label("y"), next: end }],
  };
  const both = (a: GlobalType, b: GlobalType): GlobalType => ({
    kind: "comm",
    sender: "A",
    receiver: "B",
    branches: [
      { label: label("m"), next: a },
      { label: label("x"), next: b },
    ],
  });
  const again: GlobalType = { kind: "var", name: "t" };
  const action = { sender: "C", receiver: "D", label: label("y") };
  const never: GlobalType = { kind: "mu", var: "t", body: both(again, again) };
  expect(enabled(never, action)).toBe(false);
  const sometimes: GlobalType = { kind: "mu", var: "t", body: both(again, far) };
  expect(enabled(sometimes, action)).toBe(true);
  expect(step(sometimes, action)).toBeUndefined();
  expect(step(both(far, far), action)).toEqual(both(end, end));
});

it("orders text as its UTF-8 bytes", () => {
  const words = [
    "",
    "a",
    "ab",
    "b",
    "z",
    "é",
    "\ud7ff",
    "\ue000",
    "\uffff",
    "\u{10000}",
    "\u{1f600}",
    "a\u{1f600}",
  ];
  const bytes = (a: string, b: string): number => Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b)));
  for (const a of words) for (const b of words) expect(Math.sign(compareText(a, b))).toBe(bytes(a, b));
});
