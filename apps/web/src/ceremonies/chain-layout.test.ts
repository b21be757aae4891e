import { describe, expect, test } from "vitest";
import { chainLayout } from "./chain-layout.ts";

const link = (old: string, by: string, at: number) => ({
  old,
  by,
  at,
  reason: { code: "newer_request" as const },
});

describe("a drawn chain of supersessions", () => {
  test("one that replaced nobody stands alone", () => {
    expect(chainLayout("a", [])).toEqual({
      lanes: 1,
      rows: [{ id: "a", lane: 0, replaced: undefined, to: undefined }],
    });
  });

  test("a long chain is drawn whole, oldest first, in one lane", () => {
    const links = Array.from({ length: 5_000 }, (_, at) => link(`c${at}`, `c${at + 1}`, at));
    const { rows, lanes } = chainLayout("c7", links);
    expect(lanes).toBe(1);
    expect(rows).toHaveLength(5_001);
    expect(rows[0]?.id).toBe("c0");
    expect(rows.at(-1)).toEqual({ id: "c5000", lane: 0, replaced: undefined, to: undefined });
  });

  test("whoever was replaced stands above who replaced them; several into one have lanes of their own", () => {
    const { rows, lanes } = chainLayout("d", [link("a", "c", 1), link("b", "c", 2), link("c", "d", 3)]);
    expect(lanes).toBe(2);
    expect(rows.every(({ to }, at) => to === undefined || to > at)).toBe(true);
    expect(rows.map(({ id }) => id).sort()).toEqual(["a", "b", "c", "d"]);
    expect(rows.find(({ id }) => id === "b")?.lane).toBe(rows.find(({ id }) => id === "d")?.lane);
    expect(rows.find(({ id }) => id === "a")?.lane).not.toBe(0);
  });
});
