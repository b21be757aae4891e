import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { broadcast, call, choice, file, loop, name, par, rec, send } from "../testing/tree-builders.ts";
import { automaton } from "./automaton.ts";
import { liveSequence } from "./live-sequence.ts";
import { roleGraph } from "./role-graph.ts";
import { sequenceLayout } from "./sequence-layout.ts";
import { staticSequence } from "./static-sequence.ts";
import { textTwin } from "./text-twin.ts";
import { automatonToDot, roleGraphToDot } from "./to-dot.ts";
import { toMermaid } from "./to-mermaid.ts";
import { toSvg } from "./to-svg.ts";

const shop = staticSequence(
  file(
    ["Buyer", "Seller", "W[N]"],
    [
      send("Buyer", "Seller", "Order", {
        guard_capability: "shop:order",
        flow_cost: "5",
        journal_facts: "ordered",
      }),
      choice("Seller", { Yes: [send("Seller", "W[*]", "Pack")], No: [] }),
      par([send("Seller", "Buyer", "Bill")], [send("W[0]", "Buyer", "Box")]),
      loop({ kind: "repeat", count: name("n") }, [broadcast("Buyer", "Beat")]),
      rec("Lap", [call("Sub")]),
    ],
    { Sub: [send("Buyer", "Seller", "Thanks")] },
  ),
);

test("the role graph joins all messages from one role to another", () => {
  const graph = roleGraph(shop);
  expect(graph.nodes.map((node) => [node.label, node.stacked, node.sends, node.receives])).toEqual([
    ["Buyer", false, 4, 2],
    ["Seller", false, 2, 3],
    ["W[N]", true, 1, 2],
  ]);
  expect(graph.edges.map((edge) => [edge.id, edge.messages.map((message) => message.edge)])).toEqual([
    ["Buyer->Seller", ["0", "3.body.0#0", "4.body.0.Sub.0"]],
    ["Seller->W", ["1.Yes.0"]],
    ["Seller->Buyer", ["2.0.0"]],
    ["W->Buyer", ["2.1.0"]],
    ["Buyer->W", ["3.body.0"]],
  ]);
});

test("the text twin says the same in words, in order", () => {
  expect(
    textTwin(shop).map((item) => `${"  ".repeat(item.depth)}${item.number ?? "-"} ${item.text}`),
  ).toEqual([
    "1 Buyer sends Order to Seller. Needs shop:order. Costs 5. Records ordered.",
    "- Choice: Seller decides between 2.",
    "  - If Yes:",
    "    2 Seller sends Pack to W[*].",
    "  - If No:",
    "    - Nothing happens.",
    "- End of choice.",
    "- Par: in any order.",
    "  - Part 1 of 2:",
    "    3 Seller sends Bill to Buyer.",
    "  - Part 2 of 2:",
    "    4 W[0] sends Box to Buyer.",
    "- End of par.",
    "- Loop: repeat n.",
    "  5 Buyer sends Beat to Seller and W[N].",
    "- End of loop.",
    "- Rec: Lap.",
    "  - Call: Sub.",
    "    6 Buyer sends Thanks to Seller.",
    "  - End of call.",
    "- End of rec.",
  ]);
});

test("the text twin of a session says what is pending and what may happen", () => {
  const model = liveSequence({
    name: "P",
    roles: ["A", "B"],
    history: [{ edge: "0", occurrence: 0, position: 3, from: "A", to: "B", label: "M", state: "sent" }],
    enabled: [{ role: "B", kind: "send", peer: "A", label: "N", edge: "1" }],
  });
  expect(textTwin(model).map((item) => item.text)).toEqual([
    "A sent M to B. #3, not yet received.",
    "Now.",
    "B may send N to A.",
  ]);
});

test("Mermaid text", () => {
  expect(toMermaid(shop)).toBe(`sequenceDiagram
  participant p0 as Buyer
  participant p1 as Seller
  participant p2 as W[N]
  p0->>p1: Order
  alt Seller decides · Yes
    p1->>p2: Pack (to [*])
  else No
  end
  par part 1
    p1->>p0: Bill
  and part 2
    p2->>p0: Box ([0])
  end
  loop repeat n
    p0->>p1: Beat
    p0->>p2: Beat
  end
  rect rgba(128, 128, 128, 0.08)
    Note over p0,p2: rec · Lap
    rect rgba(128, 128, 128, 0.08)
      Note over p0,p2: call · Sub
      p0->>p1: Thanks
    end
  end
`);
});

test("DOT text of the role graph and of an automaton", () => {
  expect(roleGraphToDot(roleGraph(shop), "P")).toContain(
    '  "Buyer" -> "Seller" [label="Order\\nBeat\\nThanks"];',
  );
  expect(
    automatonToDot(automaton({ kind: "par", arms: [{ kind: "end" }], next: { kind: "end" } }), "A"),
  ).toBe(
    [
      'digraph "A" {',
      "  rankdir=LR;",
      '  "" [shape=point];',
      '  "" -> "par";',
      '  "par" [shape=box, label="par"];',
      '  subgraph "cluster_par/0" {',
      '    "par/0/end" [shape=doublecircle, label=""];',
      "  }",
      '  "par" -> "par/0/end" [style=dotted];',
      '  "end" [shape=doublecircle, label=""];',
      '  "par" -> "end" [label="join"];',
      "}",
      "",
    ].join("\n"),
  );
});

describe("SVG", () => {
  test("is self contained and follows the theme asked for", () => {
    const layout = sequenceLayout(shop);
    const svg = toSvg(layout, { title: "Shop" });
    expect(svg).toContain("<title>Shop</title>");
    expect(svg).toContain("prefers-color-scheme:dark");
    expect(svg.match(/data-edge=/g)).toHaveLength(6);
    expect(toSvg(layout, { theme: "dark" })).not.toContain("prefers-color-scheme");
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("draws the future dotted and now as a line", () => {
    const enabled = [{ role: "B", kind: "send", peer: "A", label: "N", edge: "1" }] as const;
    const svg = toSvg(sequenceLayout(liveSequence({ name: "P", roles: ["A", "B"], history: [], enabled })));
    expect(svg).toContain('stroke-dasharray="2 4"');
    expect(svg).toContain(">now</text>");
  });
});

describe("whatever the names are", () => {
  const nasty = fc.oneof(
    fc.string({ unit: "binary", minLength: 1 }),
    fc.constantFrom("<script>", "a&b", '"', "end", "x;y", "#35;", "]]>", "\n", "\u0000", "\\"),
  );
  const model = (label: string, role: string) =>
    staticSequence({
      ...file(
        [],
        [choice(role, { [label]: [send("A", role, label, { flow_cost: label })] }), send(role, "A", label)],
      ),
    });

  test("SVG stays well formed", () => {
    fc.assert(
      fc.property(nasty, nasty, (label, role) => {
        const svg = toSvg(sequenceLayout(model(label, role)), { title: label });
        expect(wellFormed(svg)).toBe(true);
      }),
    );
  });

  test("Mermaid keeps one statement a line, and blocks balanced", () => {
    fc.assert(
      fc.property(nasty, nasty, (label, role) => {
        const lines = toMermaid(model(label, role))
          .trimEnd()
          .split(/[\n\r]/);
        const shape =
          /^(sequenceDiagram| *(participant p\d+ as [^;]*|p\d+-.*>>p\d+: ([^;]|#\d+;)*|alt ([^;]|#\d+;)*|end))$/u;
        for (const line of lines) expect(line.replaceAll(/#\d+;/g, "")).toMatch(shape);
        expect(lines.filter((line) => line.trim() === "end")).toHaveLength(1);
      }),
    );
  });

  test("DOT strings stay closed", () => {
    fc.assert(
      fc.property(nasty, nasty, (label, role) => {
        const bare = roleGraphToDot(roleGraph(model(label, role)), label).replaceAll(
          /"(?:[^"\\]|\\.)*"/gs,
          "S",
        );
        expect(bare).toMatch(
          /^digraph S \{\n( {2}(node \[shape=box, style=rounded\]|S( -> S)? \[label=S\]);\n)*\}\n$/,
        );
      }),
    );
  });
});

/** Tags balance, attributes are quoted, and no character is one XML cannot carry. */
const wellFormed = (xml: string): boolean => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not occur
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u.test(xml)) return false;
  const open: string[] = [];
  const rest = xml.replaceAll(
    /<(\/?)([a-z]+)((?: [a-zA-Z0-9:-]+="[^"<>&]*(?:&(?:amp|lt|gt|quot|#39);[^"<>&]*)*")*)(\/?)>/g,
    (_, close, tag, __, empty) => {
      if (close === "/") return open.pop() === tag ? "" : "<";
      if (empty === "") open.push(tag);
      return "";
    },
  );
  return open.length === 0 && !/[<>]/.test(rest) && !/&(?!(?:amp|lt|gt|quot|#39);)/.test(rest);
};
