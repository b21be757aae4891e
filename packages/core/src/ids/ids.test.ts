import { describe, expect, it } from "vitest";
import { lower } from "../kernel/lower.ts";
import type { Kernel } from "../kernel/node.ts";
import { parse } from "../parse.ts";
import { decodeGlobal } from "../theory/global-type.ts";
import { shapeId, sourceId, versionId } from "./ids.ts";
import { kernelRows } from "./kernel-rows.ts";

const version = (...lines: string[]): string => {
  const { file, diagnostics } = parse(
    ["protocol P =", "  roles A, B", ...lines.map((l) => `  ${l}`), ""].join("\n"),
  );
  expect(diagnostics).toEqual([]);
  return versionId(lower(file)!);
};

describe("a version id", () => {
  it("does not change with layout and comments, as a source id does", () => {
    expect(version("A -> B : M")).toBe(version("-- a word", "A  ->  B : M"));
    expect(sourceId("A -> B : M")).not.toBe(sourceId("A  ->  B : M"));
  });
  it("changes with messages, payload types and annotations", () => {
    const ids = [
      version("A -> B : M"),
      version("A -> B : N"),
      version("B -> A : M"),
      version("A -> B : M of Nat"),
      version("A { flow_cost : 5 } -> B : M"),
      version("A -> B : M", "A -> B : M"),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
  it("is 64 hex digits", () => expect(version("A -> B : M")).toMatch(/^[0-9a-f]{64}$/));
});

it("writes equal parts once, whoever shares them", () => {
  const span = { start: 0, end: 0 };
  const send = (label: string, next: Kernel): Kernel => ({
    kind: "comm",
    from: { name: "A" },
    span,
    branches: [
      {
        label,
        to: { name: "B" },
        payload: { text: "", sort: "Unit" },
        annotations: [],
        edge: "0",
        span,
        next,
      },
    ],
  });
  const end = (): Kernel => ({ kind: "end" });
  const shared = send("X", end());
  const par = (left: Kernel, right: Kernel): Kernel => ({
    kind: "par",
    arms: [left, right],
    next: end(),
    span,
  });
  expect(kernelRows(par(shared, shared))).toEqual(kernelRows(par(send("X", end()), send("X", end()))));
  expect(kernelRows(par(shared, shared))).toHaveLength(3);
});

it("gives the reference's content id as shape, and none to an open type", () => {
  const json = { Comm: { sender: "A", receiver: "B", branches: [[{ name: "msg", sort: "Unit" }, "End"]] } };
  expect(shapeId(decodeGlobal(json))).toBe(
    "f4382aa7107b8b0447d3e31ae0acee4d4676b5a2c026e8f2a2528097232d9fea",
  );
  expect(shapeId(decodeGlobal({ Var: "t" }))).toBeUndefined();
});
