import type { Value } from "@parley/wire";
import fc from "fast-check";
import { expect, test } from "vitest";
import { recordToJson, valueFromJson, valueToJson } from "./values.ts";

const value: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constant<Value>({ kind: "unit" }),
    fc.maxSafeNat().map((n): Value => ({ kind: "nat", value: n })),
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n }).map((n): Value => ({ kind: "nat", value: n })),
    fc.boolean().map((b): Value => ({ kind: "bool", value: b })),
    fc.string().map((s): Value => ({ kind: "str", value: s })),
    fc.string().map((json): Value => ({ kind: "opaque", type: "T", json })),
    fc.tuple(tie("value"), tie("value")).map(([left, right]): Value => ({ kind: "prod", left, right })),
  ),
})).value;

test("a value comes back from JSON text as it was", () => {
  fc.assert(
    fc.property(value, (one) => {
      expect(valueFromJson(JSON.parse(JSON.stringify(valueToJson(one))))).toEqual(one);
    }),
  );
});

test("records lose their bytes and what is undefined, and nothing else", () => {
  const record = { a: 1n, b: new Uint8Array(3), c: [undefined, { d: "x", e: undefined }] };
  expect(recordToJson(record)).toEqual({ a: "1", c: [undefined, { d: "x" }] });
});
