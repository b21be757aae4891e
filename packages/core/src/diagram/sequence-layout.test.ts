import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Statement } from "../constructs/statement.ts";
import { broadcast, call, choice, file, goBack, loop, par, rec, send } from "../testing/tree-builders.ts";
import { framesBetween, rowsBetween, type SequenceLayout, sequenceLayout } from "./sequence-layout.ts";
import { staticSequence } from "./static-sequence.ts";

const role = fc.constantFrom("A", "B", "C", "W[*]", "W[0]", "W");
const { statements } = fc.letrec<{ statement: Statement; statements: readonly Statement[] }>((tie) => ({
  statements: fc.array(tie("statement"), { maxLength: 4, depthIdentifier: "tree" }),
  statement: fc.oneof(
    { depthIdentifier: "tree", depthSize: "small" },
    fc.tuple(role, role, fc.constantFrom("M", "N")).map(([from, to, label]) => send(from, to, label)),
    fc.constant(broadcast("A", "All")),
    fc.constant(goBack("Lap")),
    fc.constant(call("Sub")),
    fc.tuple(tie("statements"), tie("statements")).map(([x, y]) => choice("A", { X: x, Y: y })),
    fc.tuple(tie("statements"), tie("statements")).map(([x, y]) => par(x, y)),
    tie("statements").map((body) => rec("Lap", body)),
    tie("statements").map((body) => loop({ kind: "forever" }, body)),
  ),
}));
const models = fc.tuple(statements, fc.boolean()).map(([body, open]) =>
  staticSequence(file(["A", "B", "C", "W[2]"], body, { Sub: [send("A", "B", "S")] }), {
    unfold: open ? { W: 2 } : {},
  }),
);
const options = fc.record({
  laneWidth: fc.integer({ min: 40, max: 300 }),
  rowHeight: fc.integer({ min: 20, max: 60 }),
  collapsed: fc.subarray(["0", "1", "1.X.0", "0.body.0"]),
  laneOrder: fc.shuffledSubarray(["A", "B", "C", "W", "W[0]"]),
});

describe("for every protocol", () => {
  test("rows follow each other without gap or overlap and add up to the height", () => {
    fc.assert(
      fc.property(models, options, (model, wish) => {
        const layout = sequenceLayout(model, wish);
        let y = layout.headHeight;
        for (const row of layout.rows) {
          expect(row.y).toBe(y);
          expect(row.height).toBeGreaterThan(0);
          y += row.height;
        }
        expect(layout.height).toBe(y + 24);
      }),
    );
  });

  test("arrows run between the lines of their lanes, inside their row", () => {
    fc.assert(
      fc.property(models, options, (model, wish) => {
        const layout = sequenceLayout(model, wish);
        const x = new Map(layout.lanes.map((box) => [box.lane.id, box.x]));
        for (const row of layout.rows) {
          for (const arrow of row.arrows) {
            expect([arrow.x1, arrow.x2]).toEqual([x.get(arrow.from), x.get(arrow.to)]);
            expect(arrow.y > row.y && arrow.y < row.y + row.height).toBe(true);
            expect(Math.max(arrow.x1, arrow.x2 + arrow.loop)).toBeLessThanOrEqual(layout.gutterX);
          }
        }
      }),
    );
  });

  test("frames hold their rows, their arrows and their inner frames", () => {
    fc.assert(
      fc.property(models, options, (model, wish) => {
        const layout = sequenceLayout(model, wish);
        const frames = new Map(layout.frames.map((frame) => [frame.id, frame]));
        for (const row of layout.rows) {
          const frame = row.frame === undefined ? undefined : frames.get(row.frame);
          if (frame === undefined) continue;
          expect(row.y >= frame.y && row.y + row.height <= frame.y + frame.height).toBe(true);
          for (const { x1, x2, loop: reach } of row.arrows) {
            expect(Math.min(x1, x2)).toBeGreaterThanOrEqual(frame.x);
            expect(Math.max(x1, x2 + reach)).toBeLessThanOrEqual(frame.x + frame.width);
          }
        }
        expectNested(layout);
      }),
    );
  });

  test("ids are unique, numbers whole, and the same input gives the same layout", () => {
    fc.assert(
      fc.property(models, options, (model, wish) => {
        const layout = sequenceLayout(model, wish);
        const ids = layout.rows.map((row) => row.id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(
          layout.rows.every((row) => [row.x, row.y, row.width, row.height].every(Number.isInteger)),
        ).toBe(true);
        expect(sequenceLayout(model, wish)).toEqual(layout);
      }),
    );
  });

  test("a window holds exactly the rows that meet it", () => {
    fc.assert(
      fc.property(
        models,
        fc.integer({ min: -50, max: 900 }),
        fc.integer({ min: 1, max: 400 }),
        (model, y0, size) => {
          const layout = sequenceLayout(model);
          const meets = (box: { y: number; height: number }) => box.y < y0 + size && box.y + box.height > y0;
          expect(rowsBetween(layout, y0, y0 + size)).toEqual(layout.rows.filter(meets));
          expect(framesBetween(layout, y0, y0 + size)).toEqual(layout.frames.filter(meets));
        },
      ),
    );
  });
});

const expectNested = (layout: SequenceLayout): void => {
  const open: { x: number; y: number; width: number; height: number; depth: number }[] = [];
  for (const frame of layout.frames) {
    while ((open.at(-1)?.depth ?? 0) >= frame.depth) open.pop();
    const outer = open.at(-1);
    if (outer !== undefined) {
      expect(frame.x).toBeGreaterThanOrEqual(outer.x);
      expect(frame.x + frame.width).toBeLessThanOrEqual(outer.x + outer.width);
      expect(frame.y).toBeGreaterThan(outer.y);
      expect(frame.y + frame.height).toBeLessThan(outer.y + outer.height);
    }
    open.push(frame);
  }
};

test("the geometry of a small protocol", () => {
  const model = staticSequence(
    file(["A", "B", "C"], [send("A", "B", "Hi"), choice("B", { Yes: [send("B", "A", "Ok")], No: [] })]),
  );
  const layout = sequenceLayout(model);
  expect(layout.lanes.map((box) => box.x)).toEqual([96, 256, 416]);
  expect([layout.width, layout.height]).toEqual([
    16 + 480 + 96 + 16,
    56 + 34 + 28 + 24 + 34 + 24 + 24 + 12 + 24,
  ]);
  expect(layout.rows.map((row) => [row.id, row.kind, row.y])).toEqual([
    ["0", "message", 56],
    ["1", "frame", 90],
    ["1.Yes/head", "section", 118],
    ["1.Yes.0", "message", 142],
    ["1.No/head", "section", 176],
    ["1.No/empty", "empty", 200],
    ["1/foot", "foot", 224],
  ]);
  expect(layout.arrows.map(({ x1, x2, y }) => [x1, x2, y])).toEqual([
    [96, 256, 80],
    [256, 96, 166],
  ]);
  const [frame] = layout.frames;
  expect(frame).toMatchObject({ x: 24, y: 90, width: 304, height: 146, dividers: [176] });
});

test("a collapsed frame is one line that names what is inside", () => {
  const model = staticSequence(file(["A", "B"], [choice("A", { Yes: [send("A", "B", "Ok")], No: [] })]));
  const layout = sequenceLayout(model, { collapsed: ["0"] });
  expect(layout.rows.map((row) => [row.kind, row.text, row.detail])).toEqual([
    ["collapsed", "choice · A decides", "Yes, No · 1 message"],
  ]);
});

test("reordering by a family moves its members together", () => {
  const model = staticSequence(file(["A", "W[2]", "B"], []), { unfold: { W: 2 } });
  const layout = sequenceLayout(model, { laneOrder: ["B", "W"] });
  expect(layout.lanes.map((box) => box.lane.id)).toEqual(["B", "W[0]", "W[1]", "A"]);
});

test("a thousand messages are all placed, in order, on the right lanes", () => {
  const roles = Array.from({ length: 20 }, (_, k) => `R${k}`);
  const body = Array.from({ length: 1000 }, (_, k) =>
    send(`R${k % 20}`, `R${(k * 7 + 1) % 20}`, `M${k}`),
  ).filter((statement) => statement.from.name.text !== statement.to.name.text);
  const layout = sequenceLayout(staticSequence(file(roles, body)));
  expect(layout.rows.map((row) => row.text)).toEqual(body.map((statement) => statement.message.name.text));
  expect(layout.arrows.map((arrow) => [arrow.from, arrow.to])).toEqual(
    body.map((statement) => [statement.from.name.text, statement.to.name.text]),
  );
  expect(rowsBetween(layout, 10_000, 10_800).length).toBeLessThanOrEqual(25);
});

test("nesting deeper than the lanes are wide stays inside", () => {
  const deep = Array.from({ length: 200 }).reduce<Statement>(
    (inner) => rec("Lap", [inner]),
    send("A", "B", "M"),
  );
  const layout = sequenceLayout(staticSequence(file(["A", "B"], [deep])));
  expect(layout.frames).toHaveLength(200);
  expectNested(layout);
});
