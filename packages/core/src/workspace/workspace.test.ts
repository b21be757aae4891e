import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import { LineIndex } from "../text/line-index.ts";
import { readModules } from "./modules.ts";
import { resolveWorkspace } from "./resolve.ts";
import { versionsOf } from "./versions.ts";

type Texts = Readonly<Record<string, string>>;

const text = (...lines: readonly string[]): string => `${lines.join("\n")}\n`;
const sources = (texts: Texts) => Object.entries(texts).map(([path, source]) => ({ path, source }));

const analyseIn = (texts: Texts, path: string) =>
  analyse(texts[path]!, {}, { modules: readModules(sources(texts)), path });

/** Findings of one text among the others, as `line:code message`; advice on shape left out. */
const found = (texts: Texts, path = "sea"): readonly string[] => {
  const lines = new LineIndex(texts[path]!);
  return analyseIn(texts, path)
    .diagnostics.filter((d) => !d.code.startsWith("PAR5"))
    .map((d) => `${lines.positionAt(d.span.start).line}:${d.code} ${d.message}`);
};

const codesOf = (texts: Texts, path = "sea"): readonly string[] =>
  found(texts, path).map((one) => one.slice(one.indexOf(":") + 1, one.indexOf(" ")));

const apply = (source: string, fix: Fix): string =>
  [...fix.edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((now, { span, text: edit }) => now.slice(0, span.start) + edit + now.slice(span.end), source);

const voyage = (head: readonly string[], body: readonly string[], where: readonly string[] = []): string =>
  text(
    "module sea exposing (Voyage)",
    ...head,
    "protocol Voyage =",
    "  roles Captain, Mate",
    ...body.map((line) => `  ${line}`),
    ...where,
  );

const harbour = text(
  "module harbour exposing (Pier, Moor, Dock, Stock, Local)",
  "type Pier = | North | South",
  "fragment Hold(ship)",
  "effect Stock",
  "  command level : Unit -> Nat { class : best_effort, progress : immediate, region : session, agreement_use : none, reentrancy : allow }",
  "agreement_profile Dock visibility public rule majority usable_at commit finalized_at close evidence votes",
  "protocol Moor =",
  "  roles Captain, Mate",
  "  Captain -> Mate : Rope",
  "  call Local",
  "where",
  "  protocol Local =",
  "    Mate -> Captain : Fast",
);

const plain = ["Captain -> Mate : Go"];

describe("what an import gives", () => {
  it("counts as declared: effects, profiles, fragments, sets", () => {
    const sea = text(
      "module sea exposing (Voyage)",
      "import harbour exposing (Stock, Dock)",
      "operation Approve at Captain progress Steady within short agreement Dock =",
      "  Captain -> Mate : Plan",
      "protocol Voyage uses Stock =",
      "  roles Captain, Mate",
      "  let n = check Stock.level(item) in",
      "    Captain -> Mate : Go",
    );
    expect(found({ sea, harbour })).toEqual([]);
    expect(codesOf({ sea, harbour: harbour.replace("effect Stock", "effect Other") })).toContain("PAR3609");
  });

  it("can be called: messages and payloads are those of the other module, through its own locals", () => {
    const sea = voyage(["import harbour exposing (Moor)"], ["call Moor", ...plain]);
    const { samples, diagnostics } = analyseIn({ sea, harbour }, "sea");
    expect(diagnostics.filter((d) => d.severity === "error")).toEqual([]);
    expect(JSON.stringify(samples?.[0]?.locals.Captain)).toMatch(/Rope.*Fast.*Go/);
  });

  it("can be a local protocol, called by its name", () => {
    const sea = voyage(["import harbour exposing (Local)"], ["call Local"]);
    expect(found({ sea, harbour })).toEqual([]);
  });

  it("keeps a broadcast to the roles of its own file", () => {
    const other = text(
      "module harbour exposing (Moor)",
      "protocol Moor =",
      "  roles Mate, Captain",
      "  Captain ->* : All",
    );
    const sea = text(
      "module sea exposing (Voyage)",
      "import harbour exposing (Moor)",
      "protocol Voyage =",
      "  roles Captain, Mate, Cook",
      "  call Moor",
      "  Captain -> Cook : Eat",
    );
    const { samples } = analyseIn({ sea, harbour: other }, "sea");
    expect(JSON.stringify(samples?.[0]?.locals.Cook)).not.toContain("All");
    expect(JSON.stringify(samples?.[0]?.locals.Mate)).toContain("All");
  });

  it("is used by its alias in a payload type", () => {
    const body = ["Captain -> Mate : Go of H.Pier"];
    expect(found({ sea: voyage(["import harbour as H"], body), harbour })).toEqual([]);
    expect(codesOf({ sea: voyage(["import harbour as H"], plain), harbour })).toEqual(["PAR3613"]);
  });

  it("brings everything that is exposed by `..`", () => {
    const sea = voyage(["import harbour exposing (..)"], ["call Moor"]);
    expect(found({ sea, harbour })).toEqual([]);
    expect(found({ sea, harbour: harbour.replace(/\(Pier.*\)/, "(..)") })).toEqual([]);
  });

  it("reaches protocols that the called one imports, and stops at a circle of calls", () => {
    const one = text(
      "module one exposing (A)",
      "import two exposing (B)",
      "protocol A =",
      "  roles Captain, Mate",
      "  call B",
    );
    const two = (body: string): string =>
      text(
        "module two exposing (B)",
        "import one exposing (A)",
        "protocol B =",
        "  roles Captain, Mate",
        body,
      );
    const sea = voyage(["import one exposing (A)"], ["call A"]);
    const good = two("  Captain -> Mate : Deep").replace("import one exposing (A)\n", "");
    expect(JSON.stringify(analyseIn({ sea, one, two: good }, "sea").samples?.[0]?.locals.Mate)).toContain(
      "Deep",
    );
    expect(codesOf({ sea, one, two: two("  call A") })).toContain("PAR2007");
  });
});

describe("an import is refused", () => {
  it("of a module that does not exist, with the closest and the list", () => {
    expect(found({ sea: voyage(["import harbor"], plain), harbour })).toEqual([
      "2:PAR3604 no file of the workspace is the module `harbor`; it has `harbour`, `sea`; did you mean `harbour`?",
    ]);
  });

  it("of names that are not declared or not exposed", () => {
    const body = ["Captain -> Mate : Go of Hold"];
    expect(found({ sea: voyage(["import harbour exposing (Hold)"], body), harbour })[0]).toMatch(
      /^2:PAR3610 .*`Hold` but does not expose it; it exposes/,
    );
    expect(
      found({
        sea: voyage(["import harbour exposing (Piers)"], ["Captain -> Mate : Go of Piers"]),
        harbour,
      })[0],
    ).toMatch(/^2:PAR3609 .*no `Piers`; did you mean `Pier`\?$/);
  });

  it("of itself, twice, or in a circle that is named", () => {
    expect(codesOf({ sea: voyage(["import sea"], plain) })).toEqual(["PAR3606"]);
    const twice = voyage(
      ["import harbour as H", "import harbour as K"],
      ["Captain -> Mate : Go of H.Pier(K)"],
    );
    expect(codesOf({ sea: twice, harbour })).toEqual(["PAR3608"]);
    const other = text(
      "module b exposing (B)",
      "import sea as S",
      "type B = | S",
      "protocol P =",
      "  roles A, C",
      "  A -> C : X",
    );
    const sea = voyage(["import b exposing (B)"], ["Captain -> Mate : Go of B"]);
    expect(found({ sea, other })).toEqual([
      "2:PAR3607 these modules import each other in a circle: sea → b → sea",
    ]);
    expect(codesOf({ sea, other }, "other")).toContain("PAR3607");
  });

  it("when names clash with each other or with an own declaration", () => {
    const second = harbour.replace("module harbour", "module quay");
    const body = ["Captain -> Mate : Go of Pier"];
    const both = voyage(["import harbour exposing (Pier)", "import quay exposing (Pier)"], body);
    expect(found({ sea: both, harbour, second })).toEqual([
      "3:PAR3611 the type `Pier` comes from both `harbour` and `quay`",
    ]);
    const own = voyage(["import harbour exposing (Pier)", "type Pier = | Here"], body);
    expect(found({ sea: own, harbour })).toEqual([
      "2:PAR3612 the type `Pier` comes from `harbour` and is declared here too",
    ]);
  });

  it("when a called protocol speaks for roles the caller has not, naming them", () => {
    const sea = text(
      "module sea exposing (Voyage)",
      "import harbour exposing (Moor)",
      "protocol Voyage =",
      "  roles Captain, Cook",
      "  Captain -> Cook : Go",
      "  call Moor",
    );
    expect(found({ sea, harbour })).toEqual([
      "6:PAR3614 `Moor` of the module `harbour` speaks for `Mate`, which Voyage does not declare",
    ]);
    const fix = analyseIn({ sea, harbour }, "sea").diagnostics.find((d) => d.code === "PAR3614")?.fix;
    expect(found({ sea: apply(sea, fix!), harbour })).toEqual([]);
    expect(codesOf({ sea: sea.replace("Cook\n", "Cook, Mate[3]\n"), harbour })).toContain("PAR3615");
  });

  it("when two files are the same module; both say so", () => {
    const texts = { sea: voyage([], plain), other: voyage([], plain) };
    expect(found(texts)).toEqual(["1:PAR3605 the module name `sea` is also that of other"]);
    expect(codesOf(texts, "other")).toEqual(["PAR3605"]);
  });

  it("with a warning when the other text cannot be read", () => {
    const sea = voyage(["import harbour as H"], ["Captain -> Mate : Go of H.Pier"]);
    expect(codesOf({ sea, harbour: `${harbour}  ?\n` })).toEqual(["PAR3616"]);
  });
});

describe("what is imported and not used", () => {
  it("is named, and its fix takes it away", () => {
    const heads = ["import harbour exposing (Pier, Dock)", "import tides"];
    const tides = harbour.replace("module harbour", "module tides");
    const sea = voyage(heads, ["Captain -> Mate : Go of Pier"]);
    const unused = (source: string): readonly Diagnostic[] =>
      analyseIn({ sea: source, harbour, tides }, "sea").diagnostics.filter((d) => d.code === "PAR3613");
    expect(unused(sea).map((d) => d.message)).toEqual([
      "`Dock` is imported and not used",
      "the module `tides` is imported and not used",
    ]);
    let mended = sea;
    for (let d = unused(mended)[0]; d !== undefined; d = unused(mended)[0]) mended = apply(mended, d.fix!);
    expect(mended).toBe(voyage(["import harbour exposing (Pier)"], ["Captain -> Mate : Go of Pier"]));
  });
});

describe("a workspace", () => {
  const diamond: Texts = {
    sea: voyage(["import left exposing (L)", "import right exposing (R)"], ["call L", "call R"]),
    left: text(
      "module left exposing (L)",
      "import deep exposing (D)",
      "protocol L =",
      "  roles Captain, Mate",
      "  call D",
    ),
    right: text(
      "module right exposing (R)",
      "import deep exposing (D)",
      "protocol R =",
      "  roles Captain, Mate",
      "  call D",
    ),
    deep: text(
      "module deep exposing (D)",
      "protocol D =",
      "  roles Captain, Mate",
      "  Captain -> Mate : Down",
    ),
  };

  it("takes a module reached twice once, and lets both ways call it", () => {
    expect(Object.keys(diamond).flatMap((path) => found(diamond, path))).toEqual([]);
    const { files } = resolveWorkspace(sources(diamond));
    const sea = files.find((file) => file.path === "sea");
    expect(sea?.imported.protocols.map((local) => local.name.text)).toEqual(["L", "deep::D", "R"]);
  });

  it("is resolved alike whatever order its texts come in", () => {
    const all = Object.entries(diamond);
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (order) => {
        const mixed = resolveWorkspace(order.map(([path, source]) => ({ path, source })));
        expect(mixed).toEqual(resolveWorkspace(sources(diamond)));
      }),
    );
  });

  it("means the same when a module is renamed everywhere", () => {
    const renamed: Texts = Object.fromEntries(
      Object.entries(diamond).map(([path, source]) => [path, source.replaceAll(/\bdeep\b/g, "ocean")]),
    );
    const label = (texts: Texts): unknown => analyseIn(texts, "sea").kernel?.body;
    expect(
      JSON.stringify(label(renamed))
        .replaceAll("ocean", "deep")
        .replaceAll(/"(start|end)":\d+/g, ""),
    ).toBe(JSON.stringify(label(diamond)).replaceAll(/"(start|end)":\d+/g, ""));
  });

  it("gives a version that changes with what is imported, and only then differs from that of the kernel alone", () => {
    const versions = (texts: Texts) => versionsOf(resolveWorkspace(sources(texts)), () => true);
    const before = versions(diamond);
    const typed = { ...diamond, deep: `${diamond.deep!.replace("Down", "Down of Depth")}` };
    const after = versions(typed);
    expect(["sea", "left", "right", "deep"].filter((path) => before.get(path) === after.get(path))).toEqual(
      [],
    );
    expect(before.get("left")).not.toBe(before.get("right"));
    expect(versions({ deep: diamond.deep! }).get("deep")).toBe(before.get("deep"));
  });
});
