import { describe, expect, it } from "vitest";
import { bind } from "./bind.ts";
import { lower } from "./kernel/lower.ts";
import type { Kernel, KernelProtocol } from "./kernel/node.ts";
import { postOrder } from "./kernel/walk.ts";
import { parse } from "./parse.ts";

const kernelOf = (roles: string, ...lines: string[]): KernelProtocol => {
  const { file, diagnostics } = parse(
    ["protocol P =", `  roles ${roles}`, ...lines.map((l) => `  ${l}`), ""].join("\n"),
  );
  expect(diagnostics).toEqual([]);
  return lower(file)!;
};
const open = (kernel: KernelProtocol, sizes: Record<string, number> = {}) =>
  bind(kernel, { families: sizes, names: sizes });
/** The messages along the first branches. */
const messages = (kernel: Kernel): string[] => {
  const out: string[] = [];
  let node: Kernel = kernel;
  while (node.kind === "comm") {
    const b = node.branches[0]!;
    out.push(`${node.from.name}>${b.to.name}:${b.label} ${b.edge}`);
    node = b.next;
  }
  return out;
};
const laidOut = (roles: string, line: string, sizes: Record<string, number> = {}): string[] => {
  const bound = open(kernelOf(roles, line), sizes);
  if (!bound.ok) throw new Error(bound.diagnostics[0]?.message);
  return messages(bound.protocol.body);
};
const codes = (roles: string, line: string, sizes: Record<string, number> = {}): string[] => {
  const bound = open(kernelOf(roles, line), sizes);
  return bound.ok ? [] : bound.diagnostics.map((d) => d.code);
};

describe("lays families out member by member", () => {
  it("one send per member in index order", () => {
    expect(laidOut("A, W[N]", "A -> W[*] : M", { N: 3 })).toEqual([
      "A>W[0]:M 0#0",
      "A>W[1]:M 0#1",
      "A>W[2]:M 0#2",
    ]);
    expect(laidOut("A, W[*]", "A -> W : M", { W: 2 })).toEqual(["A>W[0]:M 0#0", "A>W[1]:M 0#1"]);
  });
  it("one receive per member in index order", () =>
    expect(laidOut("A, W[2]", "W -> A : M")).toEqual(["W[0]>A:M 0#0", "W[1]>A:M 0#1"]));
  it("families of equal size in pairs", () =>
    expect(laidOut("V[2], W[2]", "V[*] -> W[*] : M")).toEqual(["V[0]>W[0]:M 0#0", "V[1]>W[1]:M 0#1"]));
  it("ranges, and members by number or name", () => {
    expect(laidOut("A, W[4]", "A -> W[1..3] : M")).toEqual(["A>W[1]:M 0#0", "A>W[2]:M 0#1"]);
    expect(laidOut("A, W[4]", "A -> W[i] : M", { i: 2 })).toEqual(["A>W[2]:M 0"]);
  });
  it("skips a member that would send to itself", () =>
    expect(laidOut("A, W[3]", "W[1] -> W[*] : M")).toEqual(["W[1]>W[0]:M 0#0", "W[1]>W[2]:M 0#1"]));
  it("numbers the legs of a broadcast through all its receivers", () =>
    expect(laidOut("A, W[2], B", "A ->* : M")).toEqual(["A>W[0]:M 0#0", "A>W[1]:M 0#1", "A>B:M 0#2"]));
});

it("lets the first leg carry a decision and the others follow as plain sends", () => {
  const bound = open(kernelOf("A, W[2]", "choice A at", "  | X => A -> W : X", "  | Y => A -> W : Y"));
  if (!bound.ok) throw new Error("not bound");
  const { body } = bound.protocol;
  expect(body).toMatchObject({
    kind: "comm",
    branches: [
      { label: "X", arm: "X" },
      { label: "Y", arm: "Y" },
    ],
  });
  const second = body.kind === "comm" ? body.branches[1]!.next : body;
  expect(second).toMatchObject({ kind: "comm", branches: [{ label: "Y", to: { name: "W[1]" } }] });
  expect(second.kind === "comm" && second.branches[0]!.arm).toBeUndefined();
});

it("lays out as many rounds as the number says, then goes on", () => {
  const kernel = kernelOf("A, B", "loop repeat n", "  A -> B : X", "B -> A : Last");
  const labels = (n: number): string[] => {
    const bound = open(kernel, { n });
    return bound.ok ? messages(bound.protocol.body).map((m) => m.split(":")[1]!.split(" ")[0]!) : [];
  };
  expect(labels(0)).toEqual(["Last"]);
  expect(labels(2)).toEqual(["X", "X", "Last"]);
});

it("goes on after a par inside a counted loop without touching its arms", () => {
  const kernel = kernelOf(
    "A, B, C",
    "loop repeat n",
    "  par",
    "    | A -> B : X",
    "    | A -> C : Y",
    "B -> A : Last",
  );
  const bound = open(kernel, { n: 2 });
  if (!bound.ok) throw new Error("not bound");
  const pars = postOrder(bound.protocol.body).filter((n) => n.kind === "par");
  expect(pars).toHaveLength(2);
  for (const par of pars) {
    if (par.kind === "par") expect(par.arms.map((arm) => messages(arm).length)).toEqual([1, 1]);
  }
});

describe("refuses numbers that do not fit", () => {
  it("a missing one", () => {
    expect(codes("A, W[N]", "A -> W : M")).toEqual(["PAR2101"]);
    expect(codes("A, W[3]", "A -> W[i] : M")).toEqual(["PAR2101"]);
  });
  it("a size outside 1…10000", () => {
    expect(codes("A, W[N]", "A -> W : M", { N: 0 })).toEqual(["PAR2102"]);
    expect(codes("A, W[N]", "A -> W : M", { N: 10_001 })).toEqual(["PAR2102"]);
  });
  it("a member outside the family", () => {
    expect(codes("A, W[N]", "A -> W[3] : M", { N: 3 })).toEqual(["PAR2103"]);
    expect(codes("A, W[N]", "A -> W[i] : M", { N: 3, i: 3 })).toEqual(["PAR2103"]);
    expect(codes("A, W[N]", "A -> W[1..9] : M", { N: 3 })).toEqual(["PAR2103"]);
  });
  it("an empty range", () => expect(codes("A, W[4]", "A -> W[i..2] : M", { i: 2 })).toEqual(["PAR2104"]));
  it("families of unequal size", () =>
    expect(codes("V[2], W[N]", "V[*] -> W[*] : M", { N: 3 })).toEqual(["PAR2105"]));
  it("more roles than ten thousand", () =>
    expect(codes("A, W[N]", "A -> W : M", { N: 10_000 })).toEqual(["PAR2109"]));
  it("a family that would decide", () => {
    const kernel = kernelOf("A, W[2]", "choice A at", "  | X => A -> W : X", "  | Y => A -> W : Y");
    const { body } = kernel;
    if (body.kind !== "comm") throw new Error(body.kind);
    const bound = open({ ...kernel, body: { ...body, from: { name: "W" } } });
    expect(bound).toMatchObject({ ok: false, diagnostics: [{ code: "PAR2106" }] });
  });
  it("a decision that would reach nobody", () => {
    const kernel = kernelOf(
      "A, W[N]",
      "W[0] -> A : Hello",
      "choice W[0] at",
      "  | X => W[0] -> W : X",
      "  | Y => W[0] -> A : Y",
    );
    expect(open(kernel, { N: 1 })).toMatchObject({ ok: false, diagnostics: [{ code: "PAR2107" }] });
  });
  it("a number of rounds beyond the limit on steps", () => {
    const bound = open(kernelOf("A, B", "loop repeat n", "  A -> B : X"), { n: 900_000 });
    expect(bound).toMatchObject({ ok: false, diagnostics: [{ code: "PAR2108" }] });
  });
});

it("binds, with ten thousand roles, each once", () => {
  const bound = open(kernelOf("A, W[N]", "A -> W : M", "W -> A : R"), { N: 9_999 });
  expect(bound.ok && bound.protocol.roles.length).toBe(10_000);
  expect(bound.ok && postOrder(bound.protocol.body).length).toBe(2 * 9_999 + 1);
});

describe("lays out what roles do by themselves", () => {
  const file = (roles: string, ...lines: string[]): KernelProtocol =>
    lower(parse(["protocol P =", `  roles ${roles}`, ...lines.map((l) => `  ${l}`), ""].join("\n")).file)!;
  const deeds = (kernel: KernelProtocol, sizes: Record<string, number> = {}): readonly string[] => {
    const bound = open(kernel, sizes);
    if (!bound.ok) return bound.diagnostics.map((d) => d.code);
    return postOrder(bound.protocol.body)
      .toReversed()
      .flatMap((n) => (n.kind === "local" ? [`${n.role.name} ${n.edge} ${JSON.stringify(n.deed)}`] : []));
  };

  it("each member of a family in index order, with a leg of its own", () => {
    expect(deeds(file("A, W[N]", "let y at W = f(x)", "A -> W : M"), { N: 2 })).toEqual([
      expect.stringMatching(/^W\[0\] 0#0 /),
      expect.stringMatching(/^W\[1\] 0#1 /),
    ]);
    expect(deeds(file("A, W[2]", "let y at W[1] = f(x)", "A -> W : M"))).toEqual([
      expect.stringMatching(/^W\[1\] 0 /),
    ]);
  });
  it("names who is given something", () => {
    const [deed] = deeds(file("A, W[2]", "let r = transfer s from A to W[1]", "A -> W : M"));
    expect(deed).toContain('"to":{"name":"W[1]"}');
  });
  it("gives from family to family member by member, and to no other number", () => {
    const given = (from: string, to: string) =>
      deeds(file("A, V[2], W[2], X[3]", `let r = transfer s from ${from} to ${to}`, "A ->* : M"));
    expect(given("V", "W").map((d) => JSON.parse(d.slice(d.indexOf("{"))).to.name)).toEqual(["W[0]", "W[1]"]);
    expect(given("V", "X")).toEqual(["PAR2105"]);
    expect(given("A", "W")).toEqual(["PAR2105"]);
  });
  it("lets no family decide a case or own a timeout", () => {
    const late = ["timeout 1s W at", "  A -> W : M", "on timeout =>", "  A -> W : N"];
    expect(deeds(file("A, W[2]", ...late))).toEqual(["PAR2106"]);
    const arms = ["case x of", "  | Ok(y) => W -> A : M", "  | Err(y) => W -> A : N"];
    expect(deeds(file("A, W[2]", ...arms))).toEqual(["PAR2106"]);
  });
  it("keeps the body of a timeout apart from what follows a round", () => {
    const rounds = [
      "loop repeat n",
      "  timeout 1s A at",
      "    A -> B : M",
      "  on timeout =>",
      "    A -> B : N",
    ];
    const bound = open(file("A, B", ...rounds, "A -> B : Bye"), { n: 2 });
    const scopes = postOrder(bound.ok ? bound.protocol.body : { kind: "end" }).filter(
      (n) => n.kind === "scope",
    );
    expect(scopes.map((n) => postOrder(n.body).length)).toEqual([2, 2]);
  });
});
