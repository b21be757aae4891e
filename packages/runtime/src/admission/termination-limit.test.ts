import { expect, test } from "vitest";
import { protocolClasses } from "./execution-policy.ts";
import {
  defaultTermination,
  maxSteps,
  multiplierDiverges,
  takeStep,
  terminationConfigError,
} from "./termination-limit.ts";

test("weights of ten, forty and six hundred give the budgets of their classes", () => {
  expect(maxSteps(10, "ConsensusFastPath")).toBe(15);
  expect(maxSteps(40, "ConsensusFastPath")).toBe(60);
  expect(maxSteps(600, "SyncAntiEntropy")).toBe(1080);
  expect(maxSteps(0, "RecoveryGrant")).toBe(1);
});

test.each(Object.entries(protocolClasses))(
  "the expected weights of %s give its expected steps",
  (name, { weights }) => {
    const expected: { readonly [className: string]: readonly [number, number] } = {
      ConsensusFastPath: [24, 60],
      ConsensusFallback: [144, 252],
      SyncAntiEntropy: [756, 1080],
      DkgCeremony: [256, 416],
      RecoveryGrant: [68, 119],
    };
    expect(weights.map((weight) => maxSteps(weight, name as keyof typeof protocolClasses))).toEqual(
      expected[name],
    );
  },
);

test("a cap of two lets two steps pass and refuses the third, which counts as taken", () => {
  const max = maxSteps(10, "ConsensusFastPath", defaultTermination, 2);
  const start = { protocol: "p", initialWeight: 10, maxSteps: max, consumed: 0 };
  const one = takeStep(start);
  const two = one.ok ? takeStep(one.budget) : one;
  const three = two.ok ? takeStep(two.budget) : two;
  expect([one.ok, two.ok]).toEqual([true, true]);
  expect(three).toEqual({
    ok: false,
    error: {
      code: "PAR8243",
      variant: "BoundExceeded",
      protocol: "p",
      initial_weight: 10,
      max_steps: 2,
      steps_consumed: 3,
    },
  });
});

test("a run is close to its end from four fifths on", () => {
  const at = (consumed: number) => takeStep({ protocol: "p", initialWeight: 1, maxSteps: 10, consumed });
  expect([at(6), at(7)]).toMatchObject([{ nearlySpent: false }, { nearlySpent: true }]);
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("a multiplier of %d is refused", (multiplier) => {
  expect(terminationConfigError({ ...defaultTermination, multiplier })).toMatchObject({
    code: "PAR8241",
    variant: "InvalidMultiplier",
  });
});

test.each([1, 0.5, Number.NaN])("a divergence ratio of %d is refused", (divergenceRatio) => {
  expect(terminationConfigError({ ...defaultTermination, divergenceRatio })).toMatchObject({
    code: "PAR8242",
    variant: "InvalidDivergenceRatio",
  });
});

test("the default is valid, and a multiplier far from one diverges, either way", () => {
  expect(terminationConfigError(defaultTermination)).toBeUndefined();
  const diverges = (multiplier: number) => multiplierDiverges({ ...defaultTermination, multiplier });
  expect([1, 1.4, 1.5, 0.6].map(diverges)).toEqual([false, false, true, true]);
});
