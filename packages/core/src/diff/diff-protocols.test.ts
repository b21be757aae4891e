import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { walkRows } from "../diagram/sequence-model.ts";
import { staticSequence } from "../diagram/static-sequence.ts";
import { arbitraryProgram } from "../testing/arbitrary-program.ts";
import type { DiffNode } from "./diff-node.ts";
import { diffTree } from "./diff-node.ts";
import { type DiffSide, diffProtocols } from "./diff-protocols.ts";
import type { ChangeKind, ProtocolDiff } from "./protocol-diff.ts";

const side = (source: string): DiffSide => {
  const { file, kernel } = analyse(source);
  return { sequence: staticSequence(file), ...(kernel === undefined ? {} : { kernel }) };
};
const diff = (old: string, now: string): ProtocolDiff => diffProtocols(side(old), side(now));
const sentences = (old: string, now: string): readonly string[] =>
  diff(old, now).changes.map(({ sentence }) => sentence);

const BASE = `protocol Buy =
  roles Buyer, Shop
  Buyer { flow_cost : 10 } -> Shop : Order of Nat
  choice Shop at
    | Accept =>
      Shop -> Buyer : Receipt
      Buyer -> Shop : Thanks
    | Refuse =>
      Shop -> Buyer : Sorry
`;

describe("says in a sentence what became of a message", () => {
  it.each([
    ["another name", "Receipt", "Bill", "Shop → Buyer: Receipt is now called Bill."],
    ["another payload", "of Nat", "of Bool", "Buyer → Shop: Order carries Bool instead of Nat."],
    [
      "another cost",
      "flow_cost : 10",
      "flow_cost : 20",
      "flow_cost of Buyer → Shop: Order is 20 instead of 10.",
    ],
    ["no annotation any more", " { flow_cost : 10 }", "", "Buyer → Shop: Order no longer has flow_cost 10."],
    ["gone", "      Buyer -> Shop : Thanks\n", "", "Buyer → Shop: Thanks is gone."],
    ["new", "Shop : Thanks\n", "Shop : Thanks\n      Shop -> Buyer : Bye\n", "Shop → Buyer: Bye is new."],
    [
      "another arm name",
      "| Refuse =>",
      "| Deny =>",
      "choice · Shop decides: the arm Refuse is now called Deny.",
    ],
    [
      "an arm more",
      "Shop -> Buyer : Sorry\n",
      "Shop -> Buyer : Sorry\n    | Later =>\n      Shop -> Buyer : Wait\n      Buyer -> Shop : Fine\n",
      "choice · Shop decides gains the arm Later (2 messages).",
    ],
  ])("%s", (_, from, to, sentence) => {
    expect(sentences(BASE, BASE.replace(from, to))).toEqual([sentence]);
  });
  it("another decider, and who must know", () => {
    const other = BASE.replace("choice Shop at", "choice Buyer at");
    expect(sentences(BASE, other)).toContain("choice · Shop decides became choice · Buyer decides.");
  });
  it("a message that changed places has moved, and nothing else has", () => {
    const ab = `protocol P =
  roles A, B, C
  A -> B : One
  A -> C : Two
  B -> C : Three
`;
    const ba = ab.replace("  A -> B : One\n  A -> C : Two\n", "  A -> C : Two\n  A -> B : One\n");
    expect(diff(ab, ba).changes.map(({ kind }) => kind)).toEqual(["moved"]);
  });
  it("a loop around what was there", () => {
    const flat = `protocol P =
  roles A, B
  A -> B : One
  B -> A : Two
`;
    const looped = `protocol P =
  roles A, B
  loop repeat 2
    A -> B : One
    B -> A : Two
`;
    expect(sentences(flat, looped)).toEqual([
      "loop · repeat 2 is new (2 messages).",
      "A → B: One happens at another place.",
      "B → A: Two happens at another place.",
    ]);
    expect(sentences(looped, looped.replace("repeat 2", "repeat 3"))).toEqual([
      "loop · repeat 2 became loop · repeat 3.",
    ]);
  });
  it("roles that came, went and grew", () => {
    const before = "protocol P =\n  roles A, B, W[2]\n  A -> B : M\n  A -> W[*] : N\n";
    const after = "protocol P =\n  roles A, C, W[3]\n  A -> C : M\n  A -> W[*] : N\n";
    expect(sentences(before, after)).toEqual([
      "B is no role any more.",
      "The family W has 3 members instead of 2.",
      "C is a new role.",
      "M goes A → C instead of A → B.",
    ]);
  });
  it("nothing for other names of module and protocol", () => {
    const named = BASE.replace("protocol Buy", "module shop exposing (Purchase)\n\nprotocol Purchase");
    expect(diff(BASE, named).changes).toEqual([]);
  });
});

it("knows the places in both texts and whose part it is", () => {
  const now = BASE.replace("Receipt", "Bill");
  const [change] = diff(BASE, now).changes;
  expect(change).toMatchObject({
    kind: "renamed",
    roles: ["Shop", "Buyer"],
    before: "Receipt",
    after: "Bill",
  });
  expect(BASE.slice(change?.old?.span?.start, change?.old?.span?.end)).toContain("Receipt");
  expect(now.slice(change?.new?.span?.start, change?.new?.span?.end)).toContain("Bill");
});

it("finds two words among thousands of messages", () => {
  const lines = Array.from({ length: 3_000 }, (_, i) => `  ${i % 2 === 0 ? "A -> B" : "B -> A"} : M${i}`);
  const long = `protocol Long =\n  roles A, B\n${lines.join("\n")}\n`;
  const now = long
    .replace(": M2999\n", ": Last\n")
    .replace(": M4\n", ": Four\n")
    .replace("  B -> A : M7\n", "");
  expect(sentences(long, now)).toEqual([
    "A → B: M4 is now called Four.",
    "B → A: M7 is gone.",
    "B → A: M2999 is now called Last.",
  ]);
});

const idsOf = ({ sequence }: DiffSide): readonly string[] => {
  const ids: string[] = [];
  const walk = (nodes: readonly DiffNode[]): void => {
    for (const node of nodes) {
      ids.push(`${node.kind === "section"} ${node.id}`);
      walk(node.children);
    }
  };
  walk(diffTree(sequence));
  let statements = 0;
  walkRows(sequence.rows, (row) => {
    if (row.kind !== "leave" && row.kind !== "note") statements++;
  });
  expect(ids.filter((id) => id.startsWith("false")).length).toBe(statements);
  return ids.map((id) => id.slice(id.indexOf(" ") + 1)).sort();
};

/** The same program with some lines changed, dropped, doubled or renamed. */
const edited = (source: string, edits: readonly (readonly [number, number])[]): string => {
  const lines = source.split("\n");
  for (const [where, how] of edits) {
    const at = where % lines.length;
    const line = lines[at] ?? "";
    if (!/-> \w+ : /.test(line)) continue;
    if (how === 0) lines.splice(at, 1);
    else if (how === 1) lines[at] = line.replace(/: \w+/, `: Changed${where}`);
    else if (how === 2) lines.splice(at, 0, line.replace(/: \w+/, `: Extra${where}`));
    else lines.splice(at, 1, lines[at + 1] ?? "", line);
  }
  return lines.join("\n");
};

describe("on random programs", () => {
  const programs = arbitraryProgram({
    families: true,
    timeouts: true,
    cases: true,
    deeds: true,
    effects: true,
  });
  const pairs = fc.oneof(
    fc.tuple(programs, programs),
    fc
      .tuple(programs, fc.array(fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 3 })), { maxLength: 5 }))
      .map(([source, edits]) => [source, edited(source, edits)] as const),
  );
  it("finds nothing between a version and itself", () => {
    fc.assert(
      fc.property(programs, (source) => {
        const { changes, rows } = diff(source, source);
        expect(changes).toEqual([]);
        expect(rows.every(({ old, new: now }) => old === now)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
  it("has every statement of both in exactly one row", () => {
    fc.assert(
      fc.property(pairs, ([old, now]) => {
        const { rows } = diff(old, now);
        expect(rows.flatMap((row) => row.old ?? []).sort()).toEqual(idsOf(side(old)));
        expect(rows.flatMap((row) => row.new ?? []).sort()).toEqual(idsOf(side(now)));
      }),
      { numRuns: 200 },
    );
  });
  it("tells the same from the other side", () => {
    const mirrored = (kind: ChangeKind): string =>
      kind.endsWith("dded") || kind.endsWith("emoved")
        ? kind.replace(/[aA]dded|[rR]emoved/, "one side")
        : kind;
    const facts = (found: ProtocolDiff, swap: boolean): readonly string[] =>
      found.changes
        .map(({ kind, field, ...change }) => {
          const old = [change.old?.id, change.before];
          const now = [change.new?.id, change.after];
          return JSON.stringify([mirrored(kind), field, swap ? [now, old] : [old, now]]);
        })
        .sort();
    fc.assert(
      fc.property(pairs, ([old, now]) => {
        expect(facts(diff(now, old), true)).toEqual(facts(diff(old, now), false));
      }),
      { numRuns: 150 },
    );
  });
  it("says something whenever the kernels differ", () => {
    fc.assert(
      fc.property(pairs, ([old, now]) => {
        const strip = (source: string): string =>
          JSON.stringify(analyse(source).kernel ?? source, (key, value: unknown) =>
            key === "span" || key === "namespace" || key === "name" ? undefined : value,
          );
        if (strip(old) === strip(now)) return;
        if (analyse(old).verdict !== "sound" || analyse(now).verdict !== "sound") return;
        expect(diff(old, now).changes.length).toBeGreaterThan(0);
      }),
      { numRuns: 100 },
    );
  });
});
