import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "../parse.ts";
import { canonicalText } from "../theory/canonical.ts";
import type { GlobalType } from "../theory/global-type.ts";
import { decodeGlobal } from "../theory/global-type.ts";
import { lower, lowerFile } from "./lower.ts";
import type { Comm, Kernel } from "./node.ts";
import { postOrder } from "./walk.ts";

const base = resolve(process.env.PARLEY_CONFORMANCE ?? "../shared/conformance", "deviations");

const protocol = (...lines: string[]) =>
  parse(["protocol P =", "  roles A, B, C", ...lines.map((l) => `  ${l}`), ""].join("\n"));
const kernelOf = (...lines: string[]): Kernel => {
  const { file, diagnostics } = protocol(...lines);
  expect(diagnostics).toEqual([]);
  return lower(file)!.body;
};
const commAt = (kernel: Kernel): Comm => {
  if (kernel.kind !== "comm") throw new Error(kernel.kind);
  return kernel;
};
const next = (kernel: Kernel, branch = 0): Kernel => commAt(kernel).branches[branch]!.next;
const labels = (kernel: Kernel): string[] => commAt(kernel).branches.map((b) => b.label);

const asGlobal = (kernel: Kernel): GlobalType => {
  switch (kernel.kind) {
    case "end":
      return { kind: "end" };
    case "var":
      return { kind: "var", name: kernel.name };
    case "mu":
      return { kind: "mu", var: kernel.var, body: asGlobal(kernel.body) };
    case "comm":
      return {
        kind: "comm",
        sender: kernel.from.name,
        receiver: kernel.branches[0]!.to.name,
        branches: kernel.branches.map((b) => ({
          label: { name: b.label, sort: "Unit" },
          next: asGlobal(b.next),
        })),
      };
    default:
      throw new Error(kernel.kind);
  }
};

describe("keeps what follows a construct, up to the names of loops", () => {
  it.each([
    "after-choice-dropped",
    "after-loop-dropped",
    "after-rec-dropped",
    "loop-body-ending-in-choice-runs-once",
    "nested-decide-loop-captured",
  ])("%s", (name) => {
    const kernel = lower(parse(readFileSync(`${base}/${name}.tell`, "utf8")).file)!;
    const expected = JSON.parse(readFileSync(`${base}/${name}.expect.json`, "utf8")).global;
    expect(canonicalText(asGlobal(kernel.body))).toBe(canonicalText(decodeGlobal(expected)));
  });
  it("after par, and after every kind of loop", () => {
    const tail = (...lines: string[]): boolean =>
      postOrder(kernelOf(...lines, "B -> A : Last")).some(
        (node) => node.kind === "comm" && node.branches.some((b) => b.label === "Last"),
      );
    expect(tail("par", "  | A -> B : X", "  | A -> C : Y")).toBe(true);
    expect(tail("loop decide by A", "  A -> B : X")).toBe(true);
    expect(tail("loop decide by B", "  A -> B : X")).toBe(true);
    expect(tail('loop while "more"', "  A -> B : X")).toBe(true);
    expect(tail("loop repeat 3", "  A -> B : X")).toBe(true);
    expect(tail("loop repeat n", "  A -> B : X")).toBe(true);
    expect(tail("loop repeat 0", "  A -> B : X")).toBe(true);
  });
});

it("shares what follows between the arms instead of copying it", () => {
  const kernel = kernelOf("choice A at", "  | X => A -> B : X", "  | Y => A -> B : Y", "B -> C : After");
  expect(next(kernel, 0)).toBe(next(kernel, 1));
  const arms = ["choice A at", "  | X => A -> B : X", "  | Y => A -> B : Y"];
  const many = kernelOf(...Array.from({ length: 60 }, () => arms).flat());
  expect(postOrder(many).length).toBe(61);
});

it("labels arms by message, by arm where two begin alike, and always keeps the arm", () => {
  const apart = kernelOf("choice A at", "  | Yes => A -> B : Accept", "  | No => A -> B : Refuse");
  expect(labels(apart)).toEqual(["Accept", "Refuse"]);
  expect(commAt(apart).branches.map((b) => b.arm)).toEqual(["Yes", "No"]);
  const alike = kernelOf(
    "choice A at",
    "  | Yes => A -> B : M",
    "  | No => A -> B : M",
    "  | Else => A -> C : M",
  );
  expect(labels(alike)).toEqual(["Yes", "No", "M"]);
});

it("names a send by the path of its statement", () => {
  const kernel = kernelOf(
    "A -> B : First",
    "choice A at",
    "  | X =>",
    "    A -> B : X",
    "    B -> A : Y",
    "A ->* : All",
  );
  const choice = commAt(next(kernel));
  expect(choice.branches[0]!.edge).toBe("1.X.0");
  const reply = commAt(choice.branches[0]!.next);
  expect(reply.branches[0]!.edge).toBe("1.X.1");
  const all = commAt(reply.branches[0]!.next);
  expect(all.branches[0]).toMatchObject({ edge: "2#0", to: { name: "B" } });
  expect(commAt(next(all)).branches[0]).toMatchObject({ edge: "2#1", to: { name: "C" } });
});

it("gives a loop a variable no enclosing loop has", () => {
  const kernel = kernelOf("loop decide by A", "  A -> B : X", "  loop decide by B", "    B -> A : Y");
  const vars = postOrder(kernel).flatMap((n) => (n.kind === "mu" ? [n.var] : []));
  expect(new Set(vars).size).toBe(2);
});

it("leaves the decision of a while loop to the sender of its first message", () => {
  const kernel = kernelOf('loop while "more"', "  B -> A : X");
  expect(kernel).toMatchObject({ kind: "mu", body: { kind: "hidden", decider: { name: "B" } } });
});

it("reads payloads as what they travel as", () => {
  const sort = (message: string) => commAt(kernelOf(`A -> B : ${message}`)).branches[0]!.payload;
  expect(sort("M")).toEqual({ text: "", sort: "Unit" });
  expect(sort("M of Nat")).toEqual({ text: "Nat", sort: "Nat" });
  expect(sort("M of shop.Order<Item>")).toEqual({ text: "shop.Order<Item>", sort: "Opaque" });
});

it("says so when the protocol is too large, instead of growing", () => {
  const { file } = protocol("loop repeat 1000", "  loop repeat 1000", "    A -> B : X");
  expect(lowerFile(file)).toMatchObject({ ok: false, diagnostics: [{ code: "PAR2108" }] });
});
