import { describe, expect, it } from "vitest";
import { marked } from "../testing/marked.ts";
import { applyEdits } from "../text/apply-edits.ts";
import { codeActions } from "./code-actions.ts";
import { diagnostics, isFresh } from "./diagnostics.ts";
import { foldingRanges } from "./folding.ts";
import { rangeFormatting } from "./formatting.ts";
import { hover } from "./hover.ts";
import { inlayHints } from "./inlay-hints.ts";
import { selectionRanges } from "./selection-ranges.ts";
import { semanticTokens } from "./semantic-tokens.ts";
import { signatureHelp } from "./signature-help.ts";
import { documentSymbols, workspaceSymbols } from "./symbols.ts";
import { openWorkspace } from "./workspace.ts";

const over = (text: string): string => {
  const { workspace, uri, offset } = marked(text);
  return hover(workspace, uri, offset)?.markdown ?? "";
};

describe("hover", () => {
  const send =
    'protocol P =\n  roles Buyer, Shop, Bank\n  Buyer { guard_capability : "shop:buy", flow_cost : 5, journal_facts : "order", leak : (External) } -> Shop : ¦Order of shop.Item\n  Shop -> Bank : Charge\n';
  it("a message tells payload, cost, guard, facts, leak and what each role does", () => {
    const text = over(send);
    for (const part of ["shop.Item", "`5`", "shop:buy", "`order`", "(External)"])
      expect(text).toContain(part);
    expect(text).toContain("**Buyer** sends `!Shop Order`");
    expect(text).toContain("**Shop** receives `?Buyer Order`");
    expect(text).toContain("Bank: no part in it");
  });
  it("a role tells its counts and its local type", () => {
    const text = over(send.replace("¦", "").replace("roles Buyer", "roles ¦Buyer"));
    expect(text).toContain("sends 1, receives 0, decides 0");
    expect(text).toContain("Buyer: !Shop Order");
  });
  it("an operation of an effect tells its metadata", () => {
    const text = over(
      "effect Stock\n  authoritative reserve : Item -> Bool { class : authoritative, progress : may_block, region : session, agreement_use : none, reentrancy : allow }\nprotocol P uses Stock =\n  roles A, B\n  authoritative let x at A = check Stock.¦reserve(item)\n  A -> B : M\n",
    );
    expect(text).toContain("Stock.reserve");
    expect(text).toContain("progress: `may_block`");
  });
  it("a keyword tells its form", () =>
    expect(over("protocol P =\n  roles A, B\n  ¦choice A at\n")).toContain("picks one arm"));
  it("a finding links to its page", () => {
    const { workspace, uri, offset } = marked("protocol P =\n  roles A, B\n  A -> ¦C : M\n");
    expect(hover(workspace, uri, offset, "/docs/")?.markdown).toContain("[PAR2001](/docs/codes.md#par2001)");
  });
});

describe("diagnostics", () => {
  it("an answer about an older version is stale", () => {
    const file = { uri: "file:///a.tell", source: "protocol P =\n  roles A, B\n  A -> C : M\n" };
    const first = openWorkspace([{ ...file, version: 1 }]);
    const answer = diagnostics(first, file.uri);
    expect(answer.diagnostics.length).toBeGreaterThan(0);
    expect(isFresh(first, answer)).toBe(true);
    expect(isFresh(openWorkspace([{ ...file, version: 2 }], first), answer)).toBe(false);
  });
});

describe("code actions", () => {
  const text = "protocol P =\n  roles Buyer, Seller\n  Buyer -> Seler : A\n  Seler -> Buyer : B\n";
  const { workspace, uri, source } = marked(text);
  const actions = codeActions(workspace, uri, {
    start: source.indexOf("Seler"),
    end: source.indexOf("Seler"),
  });
  it("offer the fix, all of its kind, and everything", () => {
    expect(actions.map(({ kind, title }) => [kind, title])).toEqual([
      ["quickfix", "Replace by `Seller`"],
      ["quickfix", "Fix all 2 of PAR2001"],
      ["source.fixAll", "Fix all that can be fixed"],
    ]);
  });
  it("all of its kind leaves none of them", () => {
    const mended = applyEdits(source, actions[1]?.edit.files[0]?.edits ?? []);
    const left = diagnostics(openWorkspace([{ uri, version: 2, source: mended }]), uri).diagnostics;
    expect(left.filter(({ code }) => code === "PAR2001")).toEqual([]);
  });
});

const hints = (body: string, roles = "A, B, C"): readonly string[] => {
  const { workspace, uri, source } = marked(`protocol P =\n  roles ${roles}\n${body}`);
  return inlayHints(workspace, uri, { start: 0, end: source.length }).map(({ label }) => label);
};

describe("inlay hints", () => {
  it("add up the cost along the protocol, the default of a record included", () => {
    expect(
      hints("  A { flow_cost : 5 } -> B : M\n  B -> A : N\n  B { leak : (External) } -> A : O\n"),
    ).toEqual(["Σ 5", "Σ 105"]);
  });
  it("give a range after a choice", () => {
    expect(
      hints(
        "  choice A at\n    | X =>\n      A { flow_cost : 5 } -> B : X\n    | Y =>\n      A -> B : Y\n  B { flow_cost : 1 } -> A : End\n",
      ),
    ).toEqual(["Σ 5", "Σ 1–6"]);
  });
  it("count the rounds of a loop and what they cost", () => {
    expect(
      hints("  loop repeat 3\n    A { flow_cost : 2 } -> B : M\n  A { flow_cost : 1 } -> B : End\n"),
    ).toEqual(["3 rounds, 1 message a round", "Σ 2–6", "Σ 7"]);
    expect(hints("  loop decide by A\n    A { flow_cost : 2 } -> B : M\n")).toEqual([
      "until A stops, 1 message a round",
      "Σ ≥ 2",
    ]);
  });
  it("count each leg of a broadcast and of a family", () => {
    expect(hints("  A { flow_cost : 2 } ->* : M\n  A { flow_cost : 1 } -> W[*] : N\n", "A, B, W[3]")).toEqual(
      ["Σ 8", "Σ 11"],
    );
  });
  it("name who performs a statement that names nobody", () => {
    expect(hints("  publish Ready\n  A -> B : M\n")).toEqual(["A:"]);
  });
});

describe("signature help", () => {
  const help = (text: string) => {
    const { workspace, uri, offset } = marked(text);
    return signatureHelp(workspace, uri, offset);
  };
  const active = (text: string): string => {
    const found = help(text);
    const parameter = found?.parameters[found.active];
    return found?.label.slice(parameter?.start, parameter?.end) ?? "";
  };
  const head = "protocol P =\n  roles A, B\n";
  it("shows the key of a sender record one is at", () => {
    expect(active(`${head}  A { flow_cost : ¦ } -> B : M\n`)).toBe("flow_cost : 1");
    expect(active(`${head}  A { flow_cost : 1, leak : (¦ } -> B : M\n`)).not.toBe("flow_cost : 1");
    expect(active(`${head}  A { ¦`)).toContain("guard_capability");
  });
  it("shows what an effect operation and an operation take", () => {
    const effect = "effect Stock\n  authoritative reserve : Item -> Bool\n";
    expect(help(`${effect}${head}  let x = check Stock.reserve(¦)\n`)?.label).toBe(
      "Stock.reserve(Item) : Bool",
    );
    const operation =
      "operation Print(copies : Nat, paper : Kind) at A progress S within x agreement C =\n  A -> B : M\n";
    expect(active(`${operation}${head}  begin Print(a, ¦)\n`)).toBe("paper : Kind");
  });
});

describe("symbols, folds, colours, selections", () => {
  const text =
    "-- one\n-- two\nprotocol P =\n  roles A, B\n  choice A at\n    | Yes =>\n      A -> B : Yes\n      B -> A : Thanks\n    | No =>\n      A -> B : No\n";
  const { workspace, uri, source } = marked(text);
  it("the outline has roles, arms and messages in their places", () => {
    const [protocol] = documentSymbols(workspace, uri);
    expect(protocol?.children.map(({ name }) => name)).toEqual(["A", "B", "Yes", "No"]);
    expect(protocol?.children[2]?.children.map(({ name }) => name)).toEqual(["Yes", "Thanks"]);
  });
  it("symbols of the workspace are found by letters in order", () => {
    expect(workspaceSymbols(workspace, "tks").map(({ name }) => name)).toEqual(["Thanks"]);
  });
  it("comments, the protocol, the choice and its arms fold", () => {
    expect(foldingRanges(workspace, uri).map(({ startLine, endLine }) => [startLine, endLine])).toEqual([
      [1, 2],
      [3, 10],
      [5, 10],
      [6, 8],
      [9, 10],
    ]);
  });
  it("names have the colour of what they stand for", () => {
    const types = semanticTokens(workspace, uri).map(({ span, type }) => [
      source.slice(span.start, span.end),
      type,
    ]);
    expect(types).toContainEqual(["A", "class"]);
    expect(types).toContainEqual(["Thanks", "event"]);
    expect(types).toContainEqual(["choice", "keyword"]);
    expect(types).toContainEqual(["-- one", "comment"]);
  });
  it("a selection grows from word to message to arm to choice", () => {
    const spans = selectionRanges(workspace, uri, source.indexOf("Thanks") + 1);
    const texts = spans.map(({ start, end }) => source.slice(start, end));
    expect(texts.slice(0, 2)).toEqual(["Thanks", "B -> A : Thanks"]);
    expect(texts.some((one) => one.startsWith("| Yes =>"))).toBe(true);
    expect(texts.some((one) => one.startsWith("choice A at"))).toBe(true);
  });
});

describe("formatting a range", () => {
  it("leaves the lines outside it as they are", () => {
    const messy = "protocol P =\n  roles A, B\n  A   ->  B : M\n  B   ->  A : N\n";
    const { workspace, uri } = marked(messy);
    const start = messy.indexOf("A   ->");
    const edits = rangeFormatting(workspace, uri, { start, end: start + 3 });
    expect(applyEdits(messy, edits)).toBe("protocol P =\n  roles A, B\n  A -> B : M\n  B   ->  A : N\n");
  });
});
