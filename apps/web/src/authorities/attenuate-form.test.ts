import { expect, test } from "vitest";
import { checksOf, emptyForm, localMinute } from "./attenuate-form.ts";

test("a part that is off or not filled in takes nothing away", () => {
  expect(checksOf(emptyForm)).toEqual([]);
  expect(checksOf({ ...emptyForm, context: " ", expires: "" })).toEqual([]);
});

test("each part that is on is one check, capabilities sorted", () => {
  const at = new Date(2026, 10, 21, 17, 45).getTime();
  expect(
    checksOf({
      capabilities: new Set(["write", "read"]),
      context: "ctx:s1",
      expires: localMinute(at),
      operation: { operation: "write", prefix: "/a" },
    }),
  ).toEqual([
    { kind: "capabilities", only: ["read", "write"] },
    { kind: "context", context: "ctx:s1" },
    { kind: "expires", at },
    { kind: "operation", operation: "write", prefix: "/a" },
  ]);
});
