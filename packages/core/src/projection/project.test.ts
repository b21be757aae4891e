import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bind } from "../bind.ts";
import type { BoundProtocol } from "../kernel/bound.ts";
import { lower } from "../kernel/lower.ts";
import type { Kernel } from "../kernel/node.ts";
import { parse } from "../parse.ts";
import type { GlobalType } from "../theory/global-type.ts";
import type { LocalTypeR } from "../theory/local-type-r.ts";
import { project as strictProject } from "../theory/project.ts";
import { roles as rolesOf } from "../theory/structure.ts";
import { wellFormed } from "../theory/well-formed.ts";
import type { LocalType } from "./local-type.ts";
import { project, projectAll } from "./project.ts";
import { showLocal } from "./show-local.ts";

const base = resolve(process.env.PARLEY_CONFORMANCE ?? "../shared/conformance", "deviations");
const boundOf = (source: string): BoundProtocol => {
  const { file, diagnostics } = parse(source);
  expect(diagnostics).toEqual([]);
  const bound = bind(lower(file)!, { families: {}, names: {} });
  if (!bound.ok) throw new Error(bound.diagnostics[0]?.message);
  return bound.protocol;
};
const protocol = (...lines: string[]): BoundProtocol =>
  boundOf(["protocol P =", "  roles A, B, C, D", ...lines.map((l) => `  ${l}`), ""].join("\n"));
const shown = (bound: BoundProtocol, role: string): string => {
  const projected = project(bound, role);
  return projected.ok ? showLocal(projected.local) : projected.diagnostics.map((d) => d.code).join(" ");
};
const deviation = (name: string): BoundProtocol => boundOf(readFileSync(`${base}/${name}.tell`, "utf8"));

describe("bystanders of a choice", () => {
  it("branch on the messages they get", () => {
    expect(shown(deviation("bystander-labels-replaced"), "Runner")).toBe("?Till { Gloves, Tray }");
    expect(shown(deviation("bystander-branch-lost"), "Ship")).toBe("?Tug { m1, m2 }");
    expect(shown(deviation("second-level-union-refused"), "Ship")).toBe("?Tug Hold. ?Tug { Left, Right }");
  });
  it("are refused when told only sometimes, naming the choice, both arms and the first message", () => {
    const projected = project(deviation("bystander-told-only-sometimes"), "Stage");
    const source = readFileSync(`${base}/bystander-told-only-sometimes.tell`, "utf8");
    if (projected.ok) throw new Error("projected");
    const [found] = projected.diagnostics;
    expect(found).toMatchObject({
      code: "PAR2201",
      args: { role: "Stage", decider: "Patron", left: "Leave", right: "Buy" },
    });
    expect(source.slice(0, found!.span.start).split("\n")).toHaveLength(3);
    expect(found!.message).toContain("receives Reserve from Office");
    expect(found!.related.map((r) => source.slice(r.span.start, r.span.end))).toEqual([
      "Patron -> Office : Leave",
      "Patron -> Office : Buy",
      "Office -> Stage : Reserve",
    ]);
  });
  it("are refused when one label carries two payloads, or one send two annotations", () => {
    const arms = (x: string, y: string): BoundProtocol =>
      protocol(
        "choice A at",
        "  | X =>",
        "    A -> B : X",
        `    ${x}`,
        "  | Y =>",
        "    A -> B : Y",
        `    ${y}`,
      );
    expect(shown(arms("B -> C : M of Nat", "B -> C : M"), "C")).toBe("PAR2204");
    expect(shown(arms("C { flow_cost : 5 } -> D : M", "C -> D : M"), "C")).toBe("PAR2205");
    expect(shown(arms("C { flow_cost : 5 } -> D : M", "C -> D : M"), "D")).toBe("?C M");
  });
  it("are refused when they must act on it untold", () => {
    const bound = protocol(
      "choice A at",
      "  | X =>",
      "    A -> B : X",
      "    C -> D : M",
      "  | Y =>",
      "    A -> B : Y",
      "    C -> D : N",
    );
    expect(shown(bound, "C")).toBe("PAR2202");
    expect(shown(bound, "D")).toBe("?C { M, N }");
  });
});

describe("arms may begin with different receivers", () => {
  const told = [
    "choice A at",
    "  | X =>",
    "    A -> B : X",
    "    A -> C : No",
    "  | Y =>",
    "    A -> C : Y",
    "    A -> B : No",
  ];
  it("when every other role can tell", () => {
    const bound = protocol(...told);
    expect(shown(bound, "A")).toBe("!{ B X. !C No, C Y. !B No }");
    expect(shown(bound, "B")).toBe("?A { No, X }");
    expect(shown(bound, "C")).toBe("?A { No, Y }");
  });
  it("and not when one is left waiting", () => {
    expect(shown(protocol("choice A at", "  | X => A -> B : X", "  | Y => A -> C : Y"), "B")).toBe("PAR2201");
  });
});

describe("loops a role takes no part in", () => {
  it("are passed over", () => {
    expect(shown(deviation("bystander-of-a-loop-spins"), "Boat")).toBe("!Harbour Register");
    const loop = [
      "rec L",
      "  choice A at",
      "    | More =>",
      "      A -> B : More",
      "      continue L",
      "    | Stop =>",
      "      A -> B : Stop",
    ];
    expect(shown(protocol(...loop), "C")).toBe("end");
    expect(shown(protocol(...loop, "B -> C : Over", "C -> A : Thanks"), "C")).toBe("?B Over. !A Thanks");
  });
  it("but a role that must speak after one has to be told that it is over", () => {
    const bound = protocol(
      "rec L",
      "  choice A at",
      "    | More =>",
      "      A -> B : More",
      "      continue L",
      "    | Stop =>",
      "      A -> B : Stop",
      "C -> A : Hello",
    );
    expect(shown(bound, "C")).toBe("PAR2203");
  });
  it("and one that took part earlier in the round must know whether there is another", () => {
    const bound = protocol(
      "rec L",
      "  A -> C : Start",
      "  choice A at",
      "    | More =>",
      "      A -> B : More",
      "      continue L",
      "    | Stop =>",
      "      A -> B : Stop",
    );
    expect(shown(bound, "C")).toBe("PAR2203");
    expect(shown(bound, "B")).toBe("mu L. ?A { More. L, Stop }");
  });
  it("inside a loop it takes part in go back to that one", () => {
    const bound = protocol(
      "rec L",
      "  A -> C : Start",
      "  rec M",
      "    choice A at",
      "      | More =>",
      "        A -> B : More",
      "        continue M",
      "      | Back =>",
      "        A -> B : Back",
      "        continue L",
    );
    expect(shown(bound, "C")).toBe("mu L. ?A Start. L");
  });
});

describe("parallel arms", () => {
  it("stay parallel for a role in several, are plain for a role in one", () => {
    const bound = protocol("par", "  | A -> B : X", "  | A -> C : Y", "B -> A : Z");
    expect(shown(bound, "A")).toBe("(!B X | !C Y); ?B Z");
    expect(shown(bound, "B")).toBe("?A X. !A Z");
    expect(shown(bound, "C")).toBe("?A Y");
  });
  it("are refused when two use the same directed pair, at any depth", () => {
    const bound = protocol(
      "par",
      "  |",
      "    choice A at",
      "      | X => A -> B : X",
      "      | Y =>",
      "        A -> B : Y",
      "        B -> C : Deep",
      "  |",
      "    A -> D : Q",
      "    B -> C : P",
    );
    expect(shown(bound, "B")).toBe("PAR2206");
    const { diagnostics } = projectAll(bound);
    expect(diagnostics.filter((d) => d.code === "PAR2206")).toMatchObject([
      { code: "PAR2206", args: { from: "B", to: "C", left: "1", right: "2" } },
    ]);
    expect(shown(protocol("par", "  | A -> B : X", "  | B -> A : Y"), "A")).toBe("(!B X | ?B Y)");
  });
});

describe("hidden decisions", () => {
  it("are told to those who could not know, and only to those", () => {
    const bound = protocol('loop while "more"', "  A -> B : X", "B -> C : Over");
    expect(shown(bound, "A")).toBe("mu 0.loop. !B { $0:again. !B X. 0.loop, $0:done }");
    expect(shown(bound, "B")).toBe("mu 0.loop. ?A { $0:again. ?A X. 0.loop, $0:done. !C Over }");
    expect(shown(bound, "C")).toBe("?B Over");
  });
  it("are told to a role that speaks after the loop", () => {
    const bound = protocol('loop while "more"', "  A -> B : X", "C -> A : Over");
    expect(shown(bound, "C")).toBe(
      "?A { $0:again. 0.loop, $0:done. !A Over }".replace("?A", "mu 0.loop. ?A"),
    );
    expect(shown(bound, "A")).toBe(
      "mu 0.loop. !B { $0:again. !C $0:again. !B X. 0.loop, $0:done. !C $0:done. ?C Over }",
    );
  });
  it("reach somebody even when all could tell", () => {
    const bound = protocol('loop while "more"', "  A -> B : X", "A -> B : Over");
    expect(shown(bound, "B")).toBe("mu 0.loop. ?A { $0:again. ?A X. 0.loop, $0:done. ?A Over }");
  });
});

const labels = ["a", "b", "c"];
const names = ["A", "B", "C"];
/** Random global types over three roles, loops included. */
const globals = fc
  .letrec<{ type: GlobalType }>((tie) => ({
    type: fc.oneof(
      { maxDepth: 5, depthSize: "medium" },
      fc.constant<GlobalType>({ kind: "end" }),
      fc.constantFrom<GlobalType>({ kind: "var", name: "x" }, { kind: "var", name: "y" }),
      fc
        .tuple(
          fc.shuffledSubarray(names, { minLength: 2, maxLength: 2 }),
          fc.subarray(labels, { minLength: 1 }),
          fc.array(tie("type"), { minLength: 3, maxLength: 3 }),
        )
        .map(
          ([[sender, receiver], used, nexts]): GlobalType => ({
            kind: "comm",
            sender: sender!,
            receiver: receiver!,
            branches: used.map((name, i) => ({ label: { name, sort: "Unit" }, next: nexts[i]! })),
          }),
        ),
      fc
        .tuple(fc.constantFrom("x", "y"), tie("type"))
        .map(([name, body]): GlobalType => ({ kind: "mu", var: name, body })),
    ),
  }))
  .type.filter((type) => wellFormed(type));

const span = { start: 0, end: 0 };
const asKernel = (type: GlobalType, suffix = ""): Kernel => {
  switch (type.kind) {
    case "end":
      return type;
    case "var":
      return { kind: "var", name: type.name + suffix, span };
    case "mu":
      return { kind: "mu", var: type.var + suffix, body: asKernel(type.body, suffix), span };
    case "comm":
      return {
        kind: "comm",
        from: { name: type.sender },
        span,
        branches: type.branches.map((b) => ({
          label: b.label.name,
          to: { name: type.receiver },
          payload: { text: "", sort: "Unit" },
          annotations: [],
          edge: "0",
          span,
          next: asKernel(b.next, suffix),
        })),
      };
  }
};
const bound = (body: Kernel): BoundProtocol => ({ name: "P", roles: names, body });

/** Text of a local type without order of branches, names of loops, or binders that bind nothing. */
const shape = (type: LocalType | LocalTypeR, scope: readonly string[] = []): string => {
  switch (type.kind) {
    case "end":
      return "end";
    case "var":
      return `#${scope.indexOf(type.name)}`;
    case "mu": {
      const used = shape(type.body, [type.var, ...scope]);
      const without = shape(type.body, ["", ...scope]);
      return used === without ? shape(type.body, scope) : `mu.${used}`;
    }
    case "par":
    case "perform":
    case "decide":
    case "scope":
      return type.kind;
    case "send":
    case "recv": {
      const parts = type.branches.map((b) => {
        const label = typeof b.label === "string" ? b.label : b.label.name;
        const peer = "peer" in b ? b.peer : "partner" in type ? type.partner : "";
        return `${peer}:${label}.${shape(b.next, scope)}`;
      });
      return `${type.kind}{${parts.sort().join(",")}}`;
    }
  }
};

describe("over random protocols", () => {
  it("agrees with the strict projection of the core theory wherever that has an answer", () => {
    fc.assert(
      fc.property(globals, (type) => {
        for (const role of rolesOf(type)) {
          const strict = strictProject(type, role);
          const ours = project(bound(asKernel(type)), role);
          if (strict.ok) expect(ours.ok && shape(ours.local)).toBe(shape(strict.type));
        }
      }),
      { numRuns: 500 },
    );
  });
  it("does not depend on the names of loops", () => {
    fc.assert(
      fc.property(globals, (type) => {
        const a = projectAll(bound(asKernel(type)));
        const b = projectAll(bound(asKernel(type, "_")));
        for (const role of names) {
          const left = a.locals[role];
          const right = b.locals[role];
          expect(left && shape(left)).toBe(right && shape(right));
        }
      }),
    );
  });
  it("gives two parties dual types", () => {
    const flip = (text: string): string =>
      text.replaceAll(
        /send|recv|A:|B:/g,
        (w) => ({ send: "recv", recv: "send", "A:": "B:", "B:": "A:" })[w] ?? w,
      );
    const two = globals.filter((type) => rolesOf(type).every((r) => r !== "C"));
    fc.assert(
      fc.property(two, (type) => {
        const { locals } = projectAll(bound(asKernel(type)));
        expect(shape(locals.B!)).toBe(flip(shape(locals.A!)));
      }),
    );
  });
});

it("projects ten thousand members of a family", () => {
  const { file } = parse("protocol P =\n  roles H, W[9999]\n  H -> W[*] : Go\n  W[*] -> H : Done\n");
  const laid = bind(lower(file)!, { families: {}, names: {} });
  if (!laid.ok) throw new Error("not bound");
  const { locals, diagnostics } = projectAll(laid.protocol);
  expect(diagnostics).toEqual([]);
  expect(Object.keys(locals)).toHaveLength(10_000);
  expect(showLocal(locals["W[9998]"]!)).toBe("?H Go. !H Done");
});
