import { expect, test } from "vitest";
import { edgeFacts } from "./edge-facts.ts";

test("an edge without journal_facts records nothing", () => {
  expect(edgeFacts([{ key: "flow_cost", value: "5" }])).toEqual([]);
});

test("facts are recorded in source order, lists taken apart", () => {
  expect(
    edgeFacts([
      { key: "journal_facts", value: "asked, paid" },
      { key: "journal_facts", value: '["kept"]' },
    ]),
  ).toEqual(["asked", "paid", "kept"]);
});
