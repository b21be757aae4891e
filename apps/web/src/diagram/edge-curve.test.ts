import { describe, expect, it } from "vitest";
import { type Box, edgeCurve } from "./edge-curve.ts";

const at = (x: number, y: number): Box => ({ x, y, width: 100, height: 40 });
const label = { width: 80, height: 60 };

describe("the curve of an edge", () => {
  it("keeps the labels of the two ways of a pair apart, whichever way they lie", () => {
    for (const other of [at(300, 0), at(0, 300), at(260, 180), at(-300, 40)]) {
      const there = edgeCurve(at(0, 0), other, true, label).label;
      const back = edgeCurve(other, at(0, 0), true, label).label;
      const apart = Math.abs(there.x - back.x) >= label.width || Math.abs(there.y - back.y) >= label.height;
      expect(apart).toBe(true);
    }
  });

  it("starts and ends outside the boxes", () => {
    const { path } = edgeCurve(at(0, 0), at(300, 0), false, label);
    const [startX = 0] = path.slice(1).split(/[ Q]/).map(Number);
    expect(startX).toBeGreaterThanOrEqual(100);
    expect(Number(path.split(" ").at(-2))).toBeLessThanOrEqual(300);
  });
});
