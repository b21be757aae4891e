import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAndCheck } from "../check.ts";
import { applyFix } from "../diagnostics/apply-fix.ts";
import { parse } from "../parse.ts";
import { format } from "../print/format.ts";
import { print } from "../print/print.ts";
import { arbitraryDeclaration } from "../testing/arbitrary-declarations.ts";
import { withoutSpans } from "../testing/without-spans.ts";

const protocol = "protocol Plain =\n  roles Ada, Bob\n  Ada -> Bob : Hello\n";
const around = (declarations: readonly string[]): string => `${declarations.join("\n\n")}\n\n${protocol}`;
const files = fc.array(arbitraryDeclaration, { minLength: 1, maxLength: 5 }).map(around);
const codes = (source: string): readonly string[] => parseAndCheck(source).diagnostics.map((d) => d.code);

describe("declarations of every kind", () => {
  it("are read without a finding of the parser, every one of them", () => {
    fc.assert(
      fc.property(fc.array(arbitraryDeclaration, { minLength: 1, maxLength: 5 }), (list) => {
        const { file, diagnostics } = parse(around(list));
        expect(diagnostics).toEqual([]);
        expect(file.declarations).toHaveLength(list.length);
        expect(file.protocol?.body).toHaveLength(1);
      }),
    );
  });

  it("are printed in source order so that reading gives the same tree again", () => {
    fc.assert(
      fc.property(files, (source) => {
        const { file } = parse(source);
        expect(withoutSpans(parse(print(file)).file)).toEqual(withoutSpans(file));
      }),
    );
  });

  it("are laid out afresh without a change of meaning, and once is enough", () => {
    fc.assert(
      fc.property(files, (source) => {
        const once = format(source).text;
        expect(withoutSpans(parse(once).file)).toEqual(withoutSpans(parse(source).file));
        expect(format(once).text).toBe(once);
        expect(print(parse(print(parse(source).file)).file)).toBe(print(parse(source).file));
      }),
    );
  });

  it("cost at most themselves when a line of one is broken", () => {
    fc.assert(
      fc.property(fc.array(arbitraryDeclaration, { minLength: 2, maxLength: 4 }), fc.nat(3), (list, at) => {
        const k = at % list.length;
        const broken = list.map((one, i) =>
          i === k ? one.replace(/^(\w+ (?:alias |runtime )?)\w+/, "$1 ?") : one,
        );
        const { file, diagnostics } = parse(around(broken));
        expect(diagnostics.some((d) => d.severity === "error")).toBe(true);
        expect(file.declarations.length).toBeGreaterThanOrEqual(list.length - 1);
        expect(file.protocol?.body).toHaveLength(1);
      }),
    );
  });

  it("keep their comments and their breaks in the formatter", () => {
    const source = `-- the council\nagreement_profile Council -- five fields\n    visibility public\n    rule majority\n    -- when\n    usable_at commit\n    finalized_at close\n    evidence votes\n\n${protocol}`;
    const { text } = format(source);
    expect(text).toBe(source.replaceAll("\n    ", "\n  "));
  });
});

describe("what a declaration lacks", () => {
  const meta =
    "{ class : best_effort, progress : immediate, region : session, agreement_use : none, reentrancy : allow }";

  it.each([
    ["agreement_profile Council rule majority", "PAR3306"],
    ["effect Stock\n  command fill : Item -> Unit", "PAR3321"],
    ["effect Stock\n  observe level : Unit -> Nat { class : observational }", "PAR3321"],
    ["effect Stock\n  authoritative take : Item -> Bool {}", "PAR3321"],
    [`effect Stock\n  authoritative take : Item -> Bool ${meta}`, "PAR3324"],
    [`effect Stock\n  observe look : Item -> Bool ${meta.replace("none", "required")}`, "PAR3326"],
    ["guest runtime Desk =\n  entry", "PAR1201"],
  ])("%s", (declaration, code) => {
    expect(codes(around([declaration]))).toContain(code);
  });

  it("is added by fixes until nothing lacks", () => {
    const lacking = [
      "agreement_profile Council rule majority",
      "effect Stock\n  authoritative take : Item -> Bool\n  observe look : Unit -> Nat { class : best_effort }\n  command fill : Item -> Unit {}",
      "guest runtime Desk =\n  uses Stock",
      "operation Approve at Ada progress Steady agreement Council compose threshold_success =\n  Ada -> Bob : Plan",
    ];
    let source = around(lacking);
    for (let rounds = 0; rounds < 20; rounds++) {
      const fix = parseAndCheck(source).diagnostics.find((d) => d.fix !== undefined)?.fix;
      if (fix === undefined) break;
      source = applyFix(source, fix);
    }
    expect(codes(source)).toEqual([]);
  });

  it("is not asked for where the text could not be read", () => {
    expect(codes(around(["effect Stock\n  command fill : Item -> Unit { class best_effort }"]))).toEqual([
      "PAR1201",
    ]);
  });
});

describe("names", () => {
  it("of the head clauses are declared before", () => {
    expect(codes(protocol.replace("Plain", "Plain uses Stock under Calm"))).toEqual(["PAR3329", "PAR3308"]);
  });

  it("in one space do not meet those of another", () => {
    expect(codes(around(["type Stock = | Full", "fragment Stock", "role_set Stock = Ada, Bob"]))).toEqual([]);
  });

  it("that are keywords elsewhere are ordinary names", () => {
    const source = around([
      "type alias UnitPrice = Nat",
      "type alias ResultOf = Maybe UnitPrice",
      "effect Lock\n  release : Key -> Unit { class : best_effort progress : immediate region : session agreement_use : none reentrancy : allow }\n  observed : Key -> Unit { class : best_effort progress : immediate region : session agreement_use : none reentrancy : allow }",
    ]);
    expect(codes(source)).toEqual([]);
    expect(print(parse(source).file)).toMatch(/command release[\s\S]*command observed/);
  });

  it("of roles in an operation are those of the protocol, its body is checked like one", () => {
    const operation = (owner: string, body: string): string =>
      around([
        "agreement_profile C visibility a rule b usable_at c finalized_at d evidence e",
        `operation O at ${owner} progress S within w agreement C =\n  ${body}`,
      ]);
    expect(codes(operation("Ada", "Ada -> Bob : Plan"))).toEqual([]);
    expect(codes(operation("Eve", "Ada -> Eve : Plan"))).toEqual(["PAR2001", "PAR2001"]);
    expect(codes(operation("Ada", "Ada -> Ada : Plan"))).toEqual(["PAR3001"]);
    expect(codes(operation("Ada", "continue Loop"))).toContain("PAR3101");
    expect(codes(operation("Ada", "call Helper"))).toContain("PAR2004");
  });
});
