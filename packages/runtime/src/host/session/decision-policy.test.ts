import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultValue } from "../../machine/code/default-value.ts";
import { matchesType, type ValueType } from "../../machine/code/value-type.ts";
import type { DecisionOption } from "../../machine/request.ts";
import { advanceCursor, firstCursor, type PolicyCursor, policyOption } from "./decision-policy.ts";

const option = (label: string, edgeId = "0"): DecisionOption => ({
  label,
  peer: "B",
  payload: { kind: "unit" },
  payloadText: "",
  annotations: [],
  edgeId,
});
const asked = { role: "A", endpoint: "", options: [option("X"), option("Y"), option("Z")] };

/** The labels a policy takes, one decision after the other. */
const labels = (
  policy: "first" | "random" | "roundRobin",
  seed: string,
  count: number,
): readonly string[] => {
  const taken: string[] = [];
  let cursor: PolicyCursor = firstCursor(seed);
  for (let i = 0; i < count; i += 1) {
    taken.push(policyOption(policy, cursor, asked)?.label ?? "");
    cursor = advanceCursor(policy, cursor, asked);
  }
  return taken;
};

test("asking takes nothing, first takes the first, round robin takes turns", () => {
  expect(policyOption("ask", firstCursor("s"), asked)).toBeUndefined();
  expect(labels("first", "s", 3)).toEqual(["X", "X", "X"]);
  expect(labels("roundRobin", "s", 4)).toEqual(["X", "Y", "Z", "X"]);
});

test("two choices of one endpoint take turns each for itself", () => {
  const other = { ...asked, options: [option("P", "9"), option("Q", "9")] };
  const cursor = advanceCursor("roundRobin", firstCursor("s"), asked);
  expect(policyOption("roundRobin", cursor, other)?.label).toBe("P");
  expect(policyOption("roundRobin", cursor, asked)?.label).toBe("Y");
});

test("the same seed decides the same, and every label comes up", () => {
  fc.assert(
    fc.property(fc.string(), (seed) => {
      expect(labels("random", seed, 20)).toEqual(labels("random", seed, 20));
    }),
  );
  expect(new Set(labels("random", "seed", 60))).toEqual(new Set(["X", "Y", "Z"]));
});

test("the value paid by a policy fits its type", () => {
  const leaf = fc.constantFrom<ValueType>(
    { kind: "unit" },
    { kind: "nat" },
    { kind: "bool" },
    { kind: "str" },
    { kind: "opaque", name: "shop.Order" },
    { kind: "chan", sid: 0, role: "A" },
  );
  const type = fc.oneof(
    leaf,
    fc.tuple(leaf, leaf).map(([left, right]): ValueType => ({ kind: "prod", left, right })),
  );
  fc.assert(fc.property(type, (one) => matchesType(one, defaultValue(one))));
});
