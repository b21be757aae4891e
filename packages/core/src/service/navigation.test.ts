import { describe, expect, it } from "vitest";
import { marked } from "../testing/marked.ts";
import { applyEdits } from "../text/apply-edits.ts";
import { definition, highlights, references } from "./navigation.ts";
import { prepareRename, refusalText, rename } from "./rename.ts";
import { openWorkspace } from "./workspace.ts";

const shop = `module shop exposing (Checkout)
effect Stock
  authoritative reserve : Item -> Bool { class : authoritative, progress : may_block, region : session, agreement_use : none, reentrancy : allow }
type Item = | Book | Pen
operation Print(copies : Nat) at Seller progress Steady within short agreement Council =
  Seller -> Buyer : Printed
protocol Checkout uses Stock =
  roles Buyer, Seller, Workers[N]
  Buyer -> Seller : Order of Item
  rec Lap
    choice Buyer at
      | Again =>
        Buyer -> Seller : Again
        Workers[*] -> Seller : Done
        continue Lap
      | Stop =>
        Buyer -> Seller : Stop
  let held at Seller = check Stock.reserve(item)
  let receipt = transfer held from Seller to Buyer
  begin Print(held)
  handoff Print to Buyer with receipt
  call Settle
where
protocol Settle =
  Buyer -> Seller : Pay
`;

/** Asks at the n-th mention (from 1) of a name. */
const at = (name: string, nth = 1) => {
  let offset = -1;
  for (let i = 0; i < nth; i++) offset = shop.indexOf(name, offset + 1);
  const { workspace, uri } = marked(shop);
  return { workspace, uri, offset };
};
const lineOf = (offset: number): number => shop.slice(0, offset).split("\n").length;
const definedOn = (name: string, nth: number): readonly number[] => {
  const { workspace, uri, offset } = at(name, nth);
  return definition(workspace, uri, offset).map(({ span }) => lineOf(span.start));
};
const mentionedOn = (name: string, nth = 1): readonly number[] => {
  const { workspace, uri, offset } = at(name, nth);
  return references(workspace, uri, offset).map(({ span }) => lineOf(span.start));
};

describe("definition and references", () => {
  it.each([
    ["a role", "Seller", 5, [8]],
    ["a rec label", "Lap", 2, [10]],
    ["an effect", "Stock", 3, [2]],
    ["an operation of an effect", "reserve", 2, [3]],
    ["a type", "Item", 3, [4]],
    ["an operation", "Print", 3, [5]],
    ["a bound name", "held", 2, [18]],
    ["a receipt", "receipt", 2, [19]],
    ["a local protocol", "Settle", 1, [24]],
  ])("of %s", (_, name, nth, lines) => expect(definedOn(name, nth)).toEqual(lines));

  it("a family, a label and a bound name are found wherever they stand", () => {
    expect(mentionedOn("Workers")).toEqual([8, 14]);
    expect(mentionedOn("Lap")).toEqual([10, 15]);
    expect(mentionedOn("held")).toEqual([18, 19, 20]);
    expect(mentionedOn("Print at", 1)).toEqual([]);
  });

  it("what is not a name leads nowhere", () => {
    const { workspace, uri, offset } = at("->");
    expect(definition(workspace, uri, offset)).toEqual([]);
    expect(references(workspace, uri, offset)).toEqual([]);
  });

  it("highlights tell the definition from the other mentions", () => {
    const { workspace, uri, offset } = at("Lap", 2);
    expect(highlights(workspace, uri, offset).map(({ kind }) => kind)).toEqual(["write", "read"]);
  });

  it("a name bound twice means what was bound last", () => {
    const { workspace, uri, offset, source } = marked(
      "protocol P =\n  roles A, B\n  let x = a\n  publish E(x)\n  let x = b\n  publish E(¦x)\n",
    );
    expect(definition(workspace, uri, offset)[0]?.span.start).toBe(source.lastIndexOf("let x") + 4);
  });
});

const harbour =
  "module harbour exposing (Pier)\ntype Pier = | North | South\nprotocol Dock =\n  roles A, B\n  A -> B : Moor of Pier\n";
const coast =
  "module coast exposing (Sail)\nimport harbour as H exposing (Pier)\nprotocol Sail =\n  roles A, B\n  A -> B : Go of ¦Pier\n  B -> A : Back of H.Pier\n";

describe("across files", () => {
  it("an imported name leads to its module", () => {
    const { workspace, uri, offset } = marked({ coast, harbour });
    const start = harbour.indexOf("type Pier") + "type ".length;
    expect(definition(workspace, uri, offset)).toEqual([
      { uri: "file:///harbour.tell", span: { start, end: start + 4 } },
    ]);
    expect(references(workspace, uri, offset)).toHaveLength(6);
  });

  it("renaming it changes both files", () => {
    const { workspace, uri, offset } = marked({ coast, harbour });
    const result = rename(workspace, uri, offset, "Quay");
    if (!result.ok) throw new Error(refusalText(result.refusal));
    const texts = new Map(
      result.edit.files.map((file) => [
        file.uri,
        applyEdits(workspace.documents.get(file.uri)?.source ?? "", file.edits),
      ]),
    );
    expect(texts.get("file:///harbour.tell")).toBe(harbour.replaceAll("Pier", "Quay"));
    expect(texts.get("file:///coast.tell")).toBe(coast.replace("¦", "").replaceAll("Pier", "Quay"));
  });

  it("names taken over by `exposing (..)`, and called protocols, lead to their module", () => {
    const caller = (line: string): string =>
      `module sea exposing (Voyage)\nimport harbour exposing (..)\nprotocol Voyage =\n  roles A, B\n  ${line}\n`;
    for (const [line, kind] of [
      ["A -> B : Go of ¦Pier", "type Pier"],
      ["call ¦Dock", "protocol Dock"],
    ] as const) {
      const { workspace, uri, offset } = marked({ sea: caller(line), harbour });
      const start = harbour.indexOf(kind) + kind.indexOf(" ") + 1;
      expect(definition(workspace, uri, offset)).toEqual([
        { uri: "file:///harbour.tell", span: { start, end: start + 4 } },
      ]);
    }
  });

  it("a role shared by a call keeps one name in every file, from either side", () => {
    const dock =
      "module dock exposing (Dock)\nprotocol Dock =\n  roles A, B\n  A -> B : Moor\n  B -> A : Fast\n";
    const trip =
      "module trip exposing (Trip)\nimport dock exposing (Dock)\nprotocol Trip =\n  roles A, B, C\n  A -> C : Go\n  call Dock\n  C -> A : End\n";
    const other = "module other exposing (Other)\nprotocol Other =\n  roles A, B\n  A -> B : X\n";
    const { workspace } = marked({ dock: `${dock}¦`, trip, other });
    for (const [uri, source] of [
      ["file:///dock.tell", dock],
      ["file:///trip.tell", trip],
    ] as const) {
      const result = rename(workspace, uri, source.indexOf("A, B"), "Ann");
      if (!result.ok) throw new Error(refusalText(result.refusal));
      const edits = Object.fromEntries(result.edit.files.map((file) => [file.uri, file.edits.length]));
      expect(edits).toEqual({ "file:///dock.tell": 3, "file:///trip.tell": 3 });
    }
    const clash = rename(workspace, "file:///dock.tell", dock.indexOf("A, B"), "C");
    expect(!clash.ok && clash.refusal.kind).toBe("taken");
    const alone = rename(workspace, "file:///trip.tell", trip.indexOf("C\n"), "Cook");
    expect(alone.ok && alone.edit.files.map(({ uri }) => uri)).toEqual(["file:///trip.tell"]);
  });

  it("a module and an alias are renamed where they are named", () => {
    const { workspace, source } = marked({ coast, harbour });
    const module = rename(workspace, "file:///harbour.tell", harbour.indexOf("harbour"), "port");
    expect(module.ok && module.edit.files.map(({ edits }) => edits.length)).toEqual([1, 1]);
    const alias = rename(workspace, "file:///coast.tell", source.indexOf("H exposing"), "Port");
    expect(alias.ok && alias.edit.files.map(({ edits }) => edits.length)).toEqual([2]);
  });

  it("a name whose module is not open cannot be renamed, and it says so", () => {
    const { workspace, uri, offset } = marked({ coast });
    const result = prepareRename(workspace, uri, offset);
    expect(!result.ok && refusalText(result.refusal)).toContain("harbour");
  });
});

describe("refusals", () => {
  it("nothing to rename on an arrow", () => {
    const { workspace, uri, offset } = at("->");
    expect(prepareRename(workspace, uri, offset)).toEqual({ ok: false, refusal: { kind: "nothing" } });
  });
  it.each(["2x", "a-b", "", "a b"])("“%s” is no name", (name) => {
    const { workspace, uri, offset } = at("Buyer");
    expect(rename(workspace, uri, offset, name)).toMatchObject({ ok: false, refusal: { kind: "notAName" } });
  });
  it("a name that is taken", () => {
    const { workspace, uri, offset } = at("Buyer");
    expect(rename(workspace, uri, offset, "Seller")).toMatchObject({ ok: false, refusal: { kind: "taken" } });
  });
  it("a role declared nowhere", () => {
    const { workspace, uri, offset } = marked("protocol P =\n  roles A, B\n  A -> ¦C : M\n");
    expect(prepareRename(workspace, uri, offset)).toMatchObject({
      ok: false,
      refusal: { kind: "undeclared" },
    });
  });
});

describe("a later workspace", () => {
  it("takes over what has not changed", () => {
    const { workspace } = marked({ coast, harbour });
    const files = [...workspace.documents.values()];
    const next = openWorkspace(
      files.map(({ uri, version, source }) => ({
        uri,
        version: uri.includes("coast") ? 2 : version,
        source,
      })),
      workspace,
    );
    expect(next.documents.get("file:///harbour.tell")).toBe(workspace.documents.get("file:///harbour.tell"));
    expect(next.documents.get("file:///coast.tell")).not.toBe(workspace.documents.get("file:///coast.tell"));
  });
});
