import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { imageOfTypes, recv, send } from "../testing/small-types.ts";
import type { ProtocolClass } from "./execution-policy.ts";
import { configOfProfile } from "./hardening-profile.ts";
import {
  configuredGuardCapacity,
  normaliseSignals,
  noSignals,
  type SchedulerInput,
  schedulerFor,
  schedulerInputFor,
  schedulerMismatch,
  schedulerRef,
} from "./scheduler-choice.ts";

const input = (
  protocolClass: ProtocolClass,
  weight: number,
  more: Partial<SchedulerInput> = {},
): SchedulerInput => ({
  protocolClass,
  weight,
  guardSlots: 2,
  signals: noSignals,
  ...more,
});
const ref = (of: SchedulerInput): string => schedulerFor(of).ref;

describe("the choice of a scheduler", () => {
  it("goes by pressure first, then by class, then by weight", () => {
    expect(ref(input("RecoveryGrant", 70))).toBe("aura.vm.scheduler.progress_aware");
    expect(ref(input("RecoveryGrant", 69))).toBe("aura.vm.scheduler.round_robin");
    const dkg = (flowPressure: number) =>
      input("DkgCeremony", 1, { signals: { ...noSignals, flowPressure } });
    expect(ref(dkg(7_499))).toBe("aura.vm.scheduler.progress_aware");
    expect(ref(dkg(7_500))).toBe("aura.vm.scheduler.priority_aging");
    expect(ref(input("DkgCeremony", 1, { signals: { ...noSignals, guardContention: 1 } }))).toBe(
      "aura.vm.scheduler.priority_aging",
    );
    expect(ref(input("RecoveryGrant", 10, { signals: { ...noSignals, flowPressure: 7_499 } }))).toBe(
      "aura.vm.scheduler.round_robin",
    );
    expect(ref(input("RecoveryGrant", 10, { guardSlots: 1 }))).toBe("aura.vm.scheduler.priority_aging");
  });

  it("clamps pressures to a hundred percent, and contention not at all", () => {
    expect(normaliseSignals({ guardContention: 99_999, flowPressure: 12_000, leakagePressure: 1 })).toEqual({
      guardContention: 99_999,
      flowPressure: 10_000,
      leakagePressure: 1,
    });
  });

  it("is drift whenever another scheduler runs", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<ProtocolClass>("RecoveryGrant", "DkgCeremony", "ConsensusFastPath"),
        fc.nat(200),
        fc.nat(2),
        (protocolClass, weight, guardContention) => {
          const of = input(protocolClass, weight, { signals: { ...noSignals, guardContention } });
          expect(schedulerMismatch(schedulerFor(of).policy, of)).toBeUndefined();
          expect(schedulerMismatch({ kind: "cooperative" }, of)).toMatchObject({
            kind: "SchedulerPolicyMismatch",
            expected: schedulerFor(of).ref,
            actual: "cooperative",
          });
        },
      ),
    );
  });

  it("weighs an image by twice the depth of its types, and counts active layers as slots", () => {
    const image = imageOfTypes({ A: send("B", { x: {} }), B: recv("A", { x: {} }) });
    const of = schedulerInputFor(image, {
      protocolClass: "RecoveryGrant",
      guardSlots: 2,
      signals: noSignals,
    });
    expect(of.weight).toBe(4);
    expect(configuredGuardCapacity(configOfProfile("prod").guardLayers ?? [])).toBe(2);
    expect(configuredGuardCapacity([{ active: false }])).toBe(1);
  });

  it("names every scheduler there is", () => {
    const kinds = ["cooperative", "roundRobin", "progressAware", "aging", "tokenWeighted"] as const;
    const names = kinds.map((kind) => schedulerRef({ kind }));
    expect(new Set([...names, schedulerRef({ kind: "fixed", priorities: {} })]).size).toBe(6);
  });
});
