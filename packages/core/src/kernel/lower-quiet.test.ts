import { describe, expect, it } from "vitest";
import { versionId } from "../ids/ids.ts";
import { parse } from "../parse.ts";
import { edgePath } from "./edge-path.ts";
import { lower } from "./lower.ts";
import type { Kernel, KernelProtocol } from "./node.ts";
import { showKernel } from "./show-kernel.ts";
import { postOrder } from "./walk.ts";

const EFFECT = [
  "effect Stock",
  "  command has : Item -> Bool",
  "    { class : best_effort, progress : may_block, region : session, agreement_use : none, reentrancy : allow }",
  "",
];

const protocolOf = (...lines: string[]): KernelProtocol => {
  const source = [
    ...EFFECT,
    "protocol P uses Stock =",
    "  roles A, B, C",
    ...lines.map((l) => `  ${l}`),
    "",
  ].join("\n");
  const { file, diagnostics } = parse(source);
  expect(diagnostics).toEqual([]);
  return lower(file) as KernelProtocol;
};

const kernelOf = (...lines: string[]): Kernel => protocolOf(...lines).body;

const edges = (kernel: Kernel): readonly string[] =>
  postOrder(kernel).flatMap((node) => {
    if (node.kind === "local") return [node.edge];
    if (node.kind === "scope" || node.kind === "hidden") return [node.scope];
    return node.kind === "comm" ? node.branches.map((b) => b.edge) : [];
  });

describe("what one role does by itself", () => {
  it("is one step of whoever performs it", () => {
    expect(
      showKernel(
        kernelOf(
          "let held = check Stock.has(item)",
          "A -> B : Order",
          "begin Print(copy)",
          "await Print",
          "resolve Print as Success(sheet)",
          "invalidate Print",
          "publish Edition(front)",
          "publish witness as FrontPage",
          "materialize proof from FrontPage",
          "dependent work Binding(sheets) required for Print",
          "handoff sale to C with slip",
          "B -> A : Done",
        ),
      ),
    ).toEqual([
      "A: check Stock.has(item) → held",
      "A → B : Order",
      "B: begin Print(copy)",
      "B: await Print",
      "B: resolve Print as Success(sheet)",
      "B: invalidate Print",
      "B: publish Edition(front)",
      "B: publish witness as FrontPage",
      "B: materialize proof from FrontPage",
      "B: work Binding(sheets) for Print",
      "B: handoff sale to C with slip",
      "B → A : Done",
      "end",
    ]);
  });

  it("answers with the declared type of the operation, and with nothing when it is not declared", () => {
    const [known, unknown] = postOrder(
      kernelOf("let y = f(x)", "let held = check Stock.has(item)", "A -> B : M"),
    )
      .filter((node) => node.kind === "local")
      .map((node) => (node.deed.kind === "ask" ? node.deed.result : undefined));
    expect(known).toEqual({ text: "Bool", sort: "Bool" });
    expect(unknown).toEqual({ text: "Unit", sort: "Unit" });
  });

  it("is no step at all when it only names something", () => {
    expect(showKernel(kernelOf("let pin = card.pin", "let none = Nothing", "A -> B : Open"))).toEqual([
      "A → B : Open",
      "end",
    ]);
  });

  it("goes on with the `in` block, and then with what follows", () => {
    const kernel = kernelOf("let pin = f(card) in", "  A -> B : Open", "A -> B : Bye");
    expect(showKernel(kernel)).toEqual(["A: f(card) → pin", "A → B : Open", "A → B : Bye", "end"]);
    expect(edges(kernel)).toEqual(["1", edgePath.body("0", 0), "0"]);
  });

  it("comes before the choice it is the evidence of", () => {
    const kernel = kernelOf(
      "choice A at",
      "  | L when check Stock.has(x) yields w => A -> B : L",
      "  | R => A -> B : R",
    );
    expect(kernel).toMatchObject({ kind: "local", role: { name: "A" }, edge: edgePath.guard("0", "L") });
  });
});

describe("a case", () => {
  it("is a decision of its performer, one way per constructor, with what follows after each", () => {
    const kernel = kernelOf(
      "case answer of",
      "  | Ok(x) => B -> A : Yes",
      "  | Err(y) => B -> A : No",
      "A -> C : After",
    );
    expect(kernel).toMatchObject({
      kind: "hidden",
      quiet: true,
      scope: "0",
      subject: "answer",
      decider: { name: "B" },
      branches: [{ outcome: "Ok" }, { outcome: "Err" }],
    });
    expect(edges(kernel)).toEqual(["1", "0.Ok.0", "0.Err.0", "0"]);
  });

  it("of a check is the answer: nothing is asked apart", () => {
    const kernel = kernelOf(
      "case check Stock.has(item) of",
      "  | True => A -> B : Yes",
      "  | False => A -> B : No",
    );
    expect(kernel).toMatchObject({ kind: "hidden", subject: "check Stock.has(item)" });
    expect(postOrder(kernel).some((node) => node.kind === "local")).toBe(false);
  });
});

describe("a timeout", () => {
  const kernel = kernelOf(
    "timeout 5s A at",
    "  A -> B : Ping",
    "on timeout =>",
    "  A -> C : Late",
    "on cancel =>",
    "  A -> C : Never",
    "B -> C : After",
  );

  it("has a body that ends, and shares what follows between its exits", () => {
    if (kernel.kind !== "scope") throw new Error(kernel.kind);
    expect(kernel).toMatchObject({ scope: "0", owner: { name: "A" }, millis: 5000 });
    expect(kernel.exits.map((exit) => exit.outcome)).toEqual(["done", "timeout", "cancel"]);
    expect(showKernel(kernel.body)).toEqual(["A → B : Ping", "end"]);
    expect(showKernel(kernel).filter((line) => line.includes("After"))).toHaveLength(3);
    expect(postOrder(kernel).filter((node) => node.kind === "comm")).toHaveLength(4);
  });

  it("names its statements by where they stand", () => {
    expect(edges(kernel).toSorted()).toEqual(["0", "0.body.0", "0.cancel.0", "0.timeout.0", "1"]);
    expect(edgePath.handler("0", "cancel", 0)).toBe("0.cancel.0");
  });
});

describe("declarations in the kernel", () => {
  it("hold what the protocol uses", () => {
    expect(protocolOf("A -> B : M")).toMatchObject({
      uses: ["Stock"],
      effects: [{ effect: "Stock", name: "has", authority: "command", agreementUse: "none", output: "Bool" }],
    });
  });
  it("are not there, and leave the id alone, where there are none", () => {
    const kernel = lower(parse("protocol P =\n  roles A, B\n  A -> B : M\n").file) as KernelProtocol;
    for (const key of ["uses", "under", "effects", "operations"]) expect(kernel).not.toHaveProperty(key);
    expect(versionId({ ...kernel, uses: [] })).not.toBe(versionId(kernel));
  });
});
