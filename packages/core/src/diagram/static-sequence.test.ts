import { describe, expect, test } from "vitest";
import { parse } from "../parse.ts";
import {
  broadcast,
  call,
  choice,
  file,
  goBack,
  loop,
  name,
  par,
  rec,
  ref,
  send,
} from "../testing/tree-builders.ts";
import { messageRows, type SequenceModel, walkRows } from "./sequence-model.ts";
import { staticSequence } from "./static-sequence.ts";

/** One line a row: id, what it is, indented by depth. */
const sketch = (model: SequenceModel): string[] => {
  const lines: string[] = [];
  walkRows(model.rows, (row, depth) => {
    const pad = "  ".repeat(depth);
    if (row.kind === "message") {
      const legs = row.legs.map((leg) => `${leg.from}${leg.fromNote ?? ""}>${leg.to}${leg.toNote ?? ""}`);
      lines.push(`${pad}${row.id} ${legs.join(" ")} ${row.label}`);
    } else if (row.kind === "frame") {
      lines.push(`${pad}${row.id} ${row.title} (${row.sections.map((section) => section.id).join(" ")})`);
    } else if (row.kind === "now") lines.push(`${pad}now`);
    else lines.push(`${pad}${row.id} ${row.text}`);
  });
  return lines;
};

describe("edge ids are paths of statements", () => {
  test("in every construct", () => {
    const model = staticSequence(
      file(
        ["A", "B", "C"],
        [
          send("A", "B", "Hi"),
          choice("A", {
            Card: [send("A", "B", "Pay"), send("B", "C", "Log")],
            Cash: [send("A", "B", "Coins")],
          }),
          loop({ kind: "repeat", count: 3 }, [send("B", "A", "Beat")]),
          par([send("A", "B", "L")], [send("A", "C", "R"), send("C", "A", "S")]),
          call("Settle"),
          broadcast("C", "Done"),
        ],
        { Settle: [send("B", "C", "Fee")] },
      ),
    );
    expect(sketch(model)).toEqual([
      "0 A>B Hi",
      "1 choice · A decides (1.Card 1.Cash)",
      "  1.Card.0 A>B Pay",
      "  1.Card.1 B>C Log",
      "  1.Cash.0 A>B Coins",
      "2 loop · repeat 3 (2.body)",
      "  2.body.0 B>A Beat",
      "3 par · in any order (3.0 3.1)",
      "  3.0.0 A>B L",
      "  3.1.0 A>C R",
      "  3.1.1 C>A S",
      "4 call · Settle (4.Settle)",
      "  4.Settle.0 B>C Fee",
      "5 C>A C>B Done",
    ]);
    expect(
      messageRows(model)
        .at(-1)
        ?.legs.map((leg) => leg.edge),
    ).toEqual(["5#0", "5#1"]);
  });
});

describe("families", () => {
  const tree = file(
    ["I", "G[N]"],
    [send("I", "G[*]", "Ask"), send("G[*]", "I", "Answer"), send("I", "G[0]", "Thanks")],
  );

  test("fold to one lane that says which members are meant", () => {
    const model = staticSequence(tree);
    expect(model.lanes.map((lane) => [lane.id, lane.kind, lane.size])).toEqual([
      ["I", "role", undefined],
      ["G", "family", "N"],
    ]);
    expect(sketch(model)).toEqual(["0 I>G[*] Ask", "1 G[*]>I Answer", "2 I>G[0] Thanks"]);
  });

  test("unfold to one leg a member, in index order", () => {
    const model = staticSequence(tree, { unfold: { G: 2 } });
    expect(model.lanes.map((lane) => lane.id)).toEqual(["I", "G[0]", "G[1]"]);
    expect(sketch(model)).toEqual([
      "0#0 I>G[0] Ask",
      "0#1 I>G[1] Ask",
      "1#0 G[0]>I Answer",
      "1#1 G[1]>I Answer",
      "2 I>G[0] Thanks",
    ]);
  });

  test("meet pairwise, and members never meet themselves", () => {
    const pair = file(["V[2]", "W[2]"], [send("V[*]", "W[*]", "M"), send("W[0]", "W", "N")]);
    expect(sketch(staticSequence(pair, { unfold: { V: 2, W: 2 } }))).toEqual([
      "0#0 V[0]>W[0] M",
      "0#1 V[1]>W[1] M",
      "1#0 W[0]>W[1] N",
    ]);
  });

  test("ranges take their ends from bound names", () => {
    const tree = file(["A", "W[4]"], [send("A", "W[1..n]", "M"), send("A", "W[i]", "K")]);
    expect(sketch(staticSequence(tree, { unfold: { W: 4 }, values: { n: 3, i: 2 } }))).toEqual([
      "0#0 A>W[1] M",
      "0#1 A>W[2] M",
      "1 A>W[2] K",
    ]);
  });

  test("a broadcast numbers its legs only as far as the sizes are known", () => {
    const [row] = messageRows(staticSequence(file(["A", "B", "W[N]", "C"], [broadcast("A", "M")])));
    expect(row?.legs.map((leg) => leg.edge)).toEqual(["0#0", "0", "0"]);
  });
});

describe("frames say in words what they are", () => {
  test("loops", () => {
    const controls = [
      { kind: "decide", by: ref("A") },
      { kind: "repeat", count: name("n") },
      { kind: "while", text: "more > 0", span: { start: 0, end: 0 } },
      { kind: "forever" },
    ] as const;
    const model = staticSequence(
      file(
        ["A", "B"],
        controls.map((control) => loop(control, [send("A", "B", "M")])),
      ),
    );
    expect(model.rows.map((row) => (row.kind === "frame" ? row.title : ""))).toEqual([
      "loop · A decides",
      "loop · repeat n",
      'loop · while "more > 0"',
      "loop · forever",
    ]);
  });

  test("a choice names its guards, its summary and its deciding messages", () => {
    const guard = {
      kind: "predicate",
      text: "stock > 0",
      normal: "(stock) > (0)",
      span: { start: 0, end: 0 },
    } as const;
    const model = staticSequence(
      file(
        ["A", "B"],
        [choice("A", { Yes: [send("A", "B", "Ok"), send("A", "B", "Sum")], No: [] }, { Yes: guard })],
      ),
    );
    const [frame] = model.rows;
    if (frame?.kind !== "frame") throw new Error("expected a frame");
    expect(frame.summary).toBe("Yes, No · 2 messages");
    expect(frame.sections.map((section) => section.guard)).toEqual(["when stock > 0", undefined]);
    expect(messageRows(model).map((row) => row.decides?.arm)).toEqual(["Yes", undefined]);
  });

  test("arms that leave a rec are marked, arms that go back point at it", () => {
    const lap = rec("Lap", [
      choice("A", { Again: [send("A", "B", "Go"), goBack("Lap")], Stop: [send("A", "B", "Bye")] }),
    ]);
    expect(sketch(staticSequence(file(["A", "B"], [lap])))).toEqual([
      "0 rec · Lap (0.body)",
      "  0.body.0 choice · A decides (0.body.0.Again 0.body.0.Stop)",
      "    0.body.0.Again.0 A>B Go",
      "    0.body.0.Again.1 back to Lap",
      "    0.body.0.Stop.0 A>B Bye",
      "    0.body.0.Stop.end leaves Lap",
    ]);
  });

  test("an arm that goes on inside the rec does not leave it", () => {
    const body = [choice("A", { Again: [goBack("Lap")], Stop: [] }), send("A", "B", "Tail")];
    expect(sketch(staticSequence(file(["A", "B"], [rec("Lap", body)]))).join("\n")).not.toContain("leaves");
  });
});

describe("programs with errors still draw", () => {
  test("an undeclared role gets a lane, an unknown or circular call a note", () => {
    const model = staticSequence(
      file(["A"], [send("A", "Ghost", "M"), call("Nowhere"), call("Loop")], { Loop: [call("Loop")] }),
    );
    expect(model.lanes.map((lane) => lane.id)).toEqual(["A", "Ghost"]);
    expect(sketch(model)).toEqual([
      "0 A>Ghost M",
      "1 call · Nowhere is not defined",
      "2 call · Loop (2.Loop)",
      "  2.Loop.0 call · Loop calls itself",
    ]);
  });

  test("a picture that would not end is cut short and says so", () => {
    const locals = Object.fromEntries(
      Array.from({ length: 30 }, (_, k) => [
        `P${k}`,
        k === 0 ? [send("A", "B", "M")] : [call(`P${k - 1}`), call(`P${k - 1}`)],
      ]),
    );
    const model = staticSequence(file(["A", "B"], [call("P29")], locals), { maxMessages: 100 });
    expect(model.truncated).toBe(true);
    expect(messageRows(model)).toHaveLength(100);
  });

  test("a file without a protocol is an empty picture", () => {
    expect(
      staticSequence({ kind: "file", imports: [], declarations: [], span: { start: 0, end: 0 } }).rows,
    ).toEqual([]);
  });
});

test("guard, cost and facts of a send stand apart from its other annotations", () => {
  const record = { guard_capability: "chat:send", flow_cost: "50", journal_facts: "a, b", leak: "External" };
  const [row] = messageRows(staticSequence(file(["A", "B"], [send("A", "B", "M", record)])));
  expect(row).toMatchObject({ guard: "chat:send", cost: "50", facts: ["a", "b"] });
  expect(row?.annotations).toHaveLength(4);
});

describe("what no message carries is drawn too", () => {
  const source = `effect Stock
  command reserve : Item -> Unit { class : best_effort, progress : immediate, region : session, agreement_use : none, reentrancy : allow }
protocol Press uses Stock =
  roles Editor, Printer, Shop
  let held = check Stock.reserve(item)
  let front = page.one
  Editor -> Printer : Copy
  timeout 5s Editor at
    Printer -> Shop : Ask
    Shop -> Editor : Answer
  on timeout =>
    Editor -> Printer : Late
  on cancel =>
    Editor -> Printer : Stop
  case held of
    | Ok(x) => Editor -> Shop : Take
    | Err(e) => Editor -> Shop : Leave
  handoff layout to Shop with slip
  publish Edition(front)
`;
  const model = staticSequence(parse(source).file);

  test("cases and timeouts as frames with their arms, deeds on the lane of whoever does them", () => {
    expect(sketch(model)).toEqual([
      "0 held = check Stock.reserve(item)",
      "2 Editor>Printer Copy",
      "3 timeout · 5s · Editor owns it (3.body 3.timeout 3.cancel)",
      "  3.body.0 Printer>Shop Ask",
      "  3.body.1 Shop>Editor Answer",
      "  3.timeout.0 Editor>Printer Late",
      "  3.cancel.0 Editor>Printer Stop",
      "4 case · held · Editor looks (4.Ok 4.Err)",
      "  4.Ok.0 Editor>Shop Take",
      "  4.Err.0 Editor>Shop Leave",
      "5 handoff layout to Shop with slip",
      "6 publish Edition(front)",
    ]);
    const deeds = model.rows.flatMap((row) =>
      row.kind === "deed" ? [[row.lane, row.deed, row.target]] : [],
    );
    expect(deeds).toEqual([
      ["Editor", "ask", undefined],
      ["Editor", "transfer", "Shop"],
      ["Editor", "publication", undefined],
    ]);
    const frames = model.rows.flatMap((row) =>
      row.kind === "frame" ? [row.sections.map(({ label }) => label)] : [],
    );
    expect(frames).toEqual([
      ["", "on timeout", "on cancel"],
      ["Ok(x)", "Err(e)"],
    ]);
  });
});
