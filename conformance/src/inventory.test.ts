import { describe, expect, it } from "vitest";
import { inventoryProblems, readInventory } from "./inventory.ts";

describe("the inventory of named parts", () => {
  it("has no entry that dangles", () => {
    expect(inventoryProblems(readInventory())).toEqual([]);
  });

  it("notices a missing export, a missing test and an empty reason", () => {
    const dangling = {
      "21": {
        part: "a",
        export: "packages/core/src/index.ts#noSuchName",
        test: "conformance/src/inventory.test.ts",
      },
      "22": { part: "b", export: "packages/core/src/index.ts", test: "conformance/src/nowhere.test.ts" },
      "9999": { part: "c", reason: " " },
    };
    expect(inventoryProblems(dangling)).toHaveLength(4);
  });
});
