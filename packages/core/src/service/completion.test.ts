import { describe, expect, it } from "vitest";
import { marked } from "../testing/marked.ts";
import { completion } from "./completion.ts";

const offers = (files: Parameters<typeof marked>[0]) => {
  const { workspace, uri, offset } = marked(files);
  return completion(workspace, uri, offset);
};
const labels = (files: Parameters<typeof marked>[0]): readonly string[] =>
  offers(files).map(({ label }) => label);

const inBody = (line: string): string =>
  `protocol Shop =\n  roles Buyer, Seller, Workers[3]\n  Buyer -> Seller : Order of shop.Item\n${line}\n  Seller -> Buyer : Bill\n`;

describe("roles", () => {
  it("come after an arrow, the sender last", () => {
    expect(labels(inBody("  Buyer -> ¦"))).toEqual(["Seller", "Workers", "Buyer"]);
  });
  it("come after an arrow while the word is being typed, and replace all of it", () => {
    const { source, ...at } = marked(inBody("  Buyer -> Se¦l : Order"));
    const [, seller] = [...completion(at.workspace, at.uri, at.offset)].sort((a) =>
      a.label === "Seller" ? 1 : -1,
    );
    expect(source.slice(seller?.span.start, seller?.span.end)).toBe("Sel");
  });
  it.each([
    "  choice ¦",
    "  loop decide by ¦",
    "  timeout 5s ¦",
    "  timeout 500ms ¦",
    "  handoff sale to ¦",
    "  let x at ¦",
  ])("come in `%s`", (line) => expect(labels(inBody(line))).toContain("Seller"));
  it("start a statement, before the keywords", () => {
    const found = labels(inBody("  ¦"));
    expect(found.slice(0, 3)).toEqual(["Buyer", "Seller", "Workers"]);
    expect(found).toEqual(expect.arrayContaining(["choice", "loop repeat", "par", "rec", "timeout"]));
  });
  it("come with members of a family inside brackets", () => {
    expect(labels(inBody("  Workers[¦"))).toEqual(["*", "0", "1", "2"]);
  });
});

describe("messages, labels and calls", () => {
  it("messages of the protocol come after the colon", () => {
    expect(labels(inBody("  Buyer -> Seller : ¦"))).toEqual(["Bill", "Order"]);
  });
  it("the arm's label comes first in an arm", () => {
    expect(labels(inBody("  choice Buyer at\n    | Card => Buyer -> Seller : ¦"))[0]).toBe("Card");
  });
  it("`continue` offers the labels around it and no other", () => {
    const text = inBody(
      "  rec Once\n    Buyer -> Seller : A\n  rec Lap\n    Buyer -> Seller : A\n    continue ¦",
    );
    expect(labels(text)).toEqual(["Lap"]);
  });
  it("`call` offers local protocols", () => {
    expect(labels(`${inBody("  call ¦")}where\nprotocol Settle =\n  Buyer -> Seller : Pay\n`)).toEqual([
      "Settle",
    ]);
  });
  it("types come after `of`", () => {
    expect(labels(inBody("  Buyer -> Seller : Ask of ¦"))).toEqual(
      expect.arrayContaining(["Item", "Nat", "Bool"]),
    );
  });
});

describe("sender records", () => {
  it("offer the keys that are not used yet, the sanctioned ones first", () => {
    const found = labels(inBody("  Buyer { flow_cost : 3, ¦ } -> Seller : M"));
    expect(found.slice(0, 4)).toEqual(["guard_capability", "journal_facts", "leak", "parallel"]);
    expect(found).not.toContain("flow_cost");
  });
  it("offer keys while the brace is still open", () => {
    expect(labels(inBody("  Buyer { ¦"))).toContain("flow_cost");
  });
  it("offer capabilities used in any file of the workspace, inside the quotes", () => {
    const found = offers({
      main: inBody('  Buyer { guard_capability : "cli¦" } -> Seller : M'),
      other: 'protocol O =\n  roles A, B\n  A { guard_capability : "clinic:refer" } -> B : M\n',
    });
    expect(found[0]).toMatchObject({
      label: "clinic:refer",
      detail: "used in the workspace",
      insert: "clinic:refer",
    });
    expect(found.map(({ label }) => label)).toContain("chat:message:send");
  });
  it("offer values by key", () => {
    expect(labels(inBody("  Buyer { leak : ¦ } -> Seller : M"))).toContain("(External)");
    expect(labels(inBody("  Buyer { guard_capability : ¦ } -> Seller : M"))).toContain("session:create");
  });
});

const effects = `effect Stock
  authoritative reserve : Item -> Bool { class : authoritative, progress : may_block, region : session, agreement_use : none, reentrancy : allow }
  observe level : Unit -> Nat { class : observational, ¦ }
effect Log
  command note : Unit -> Unit

protocol P uses Stock =
  roles A, B
`;

describe("effects", () => {
  const at = (line: string): string => `${effects.replace("¦", "")}${line}`;
  it("come after `check`, those of `uses` first", () => {
    expect(labels(at("  let x = check ¦"))).toEqual(["Stock", "Log"]);
  });
  it("operations come after `E.`, those that fit first", () => {
    expect(labels(at("  let x = check Stock.¦"))).toEqual(["reserve", "level"]);
    expect(labels(at("  let x = observe Stock.¦"))).toEqual(["level", "reserve"]);
  });
  it("metadata keys and their values come in the record of an operation", () => {
    expect(labels(effects)).toEqual(["progress", "region", "agreement_use", "reentrancy"]);
    expect(labels(effects.replace("¦", "progress : ¦"))).toEqual(["immediate", "may_block"]);
  });
  it("come after `uses`", () => {
    expect(labels("effect Log\n  command note : Unit -> Unit\nprotocol P uses ¦ =\n  roles A, B\n")).toEqual([
      "Log",
    ]);
  });
});

describe("the top of a file", () => {
  it("offers `module` first in an empty text", () => {
    expect(labels("¦")[0]).toBe("module");
  });
  it("offers declarations with snippets before the protocol", () => {
    const found = offers("module m exposing (P)\n¦\nprotocol P =\n  roles A, B\n  A -> B : M\n");
    expect(found.map(({ label }) => label)).toEqual(
      expect.arrayContaining(["effect", "type", "role_set", "import"]),
    );
    expect(found.map(({ label }) => label)).not.toContain("module");
    expect(found.every(({ snippet }) => snippet)).toBe(true);
  });
  it("offers only `where` after it", () => {
    expect(labels("protocol P =\n  roles A, B\n  A -> B : M\n¦")).toEqual(["where"]);
  });
  it("offers modules after `import`, and what they hold after `exposing`", () => {
    const harbour =
      "module harbour exposing (Dock)\ntype Pier = | North | South\nprotocol Dock =\n  roles A, B\n  A -> B : M\n";
    expect(labels({ harbour, main: "import ¦" })).toEqual(["harbour"]);
    expect(labels({ harbour, main: "import harbour exposing (¦" })).toEqual(
      expect.arrayContaining(["Dock", "Pier"]),
    );
  });
});

describe("silence", () => {
  it.each([
    ["comments", "  -- Buyer -> ¦"],
    ["block comments", "  {- Buyer -> ¦ -}"],
    ["other strings", '  Buyer { journal_facts : "a¦" } -> Seller : M'],
    ["names the author makes up", "  rec ¦"],
  ])("nothing is offered in %s", (_, line) => expect(labels(inBody(line))).toEqual([]));
});
