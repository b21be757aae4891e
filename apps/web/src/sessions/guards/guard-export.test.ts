import type { GuardedSend } from "@parley/wire/http";
import { expect, test } from "vitest";
import { guardColumns, guardRows } from "./guard-export.ts";

test("one row a verdict, each as long as the line of names; the receipt stands with what was paid", () => {
  const verdict = {
    allow: true,
    reason: null,
    code: null,
    subject: "bea",
    before: 5,
    after: 3,
    reads: [{ id: "budget:ctx:s:bea", kind: "budget", version: 4, stream: "ada", text: "" }],
  } as const;
  const send = {
    seq: 7,
    role: "A",
    label: "Ask",
    edgeId: "0",
    verdicts: [
      { ...verdict, guard: "capability" },
      { ...verdict, guard: "flow" },
    ],
    receipts: [{ receipt: { id: "r1" } }],
  } as unknown as GuardedSend;
  const rows = guardRows([send]);
  expect(rows.map((row) => row.length)).toEqual([guardColumns.length, guardColumns.length]);
  expect(rows.map((row) => [row[4], row.at(-2), row.at(-1)])).toEqual([
    ["capability", "budget:ctx:s:bea@4", null],
    ["flow", "budget:ctx:s:bea@4", "r1"],
  ]);
});
