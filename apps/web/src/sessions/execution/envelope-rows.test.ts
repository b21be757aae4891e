import type { EnvelopeView } from "@parley/wire/http";
import { expect, test } from "vitest";
import { envelopeRows } from "./envelope-rows.ts";

const view = (part: Partial<EnvelopeView>): EnvelopeView => ({
  at: 9,
  policy: "aura.vm.sync_anti_entropy.prod",
  needed: true,
  artifact: {
    schema: "s",
    diff: {
      schema: "d",
      baselineEngine: "cooperative",
      candidateEngine: "waves",
      scheduler: "EnvelopeBounded",
      waveWidth: { baseline: 1, candidate: 3, declared: 4 },
      effects: "Exact",
      failureVisible: "Exact",
      tier: "envelope_bounded_nondeterministic",
    },
    baselineHash: "a",
    candidateHash: "b",
    diffHash: "c",
  },
  rejected: null,
  parity: null,
  ...part,
});

const says = (which: "policy" | "parity", rows: ReturnType<typeof envelopeRows>) =>
  rows.map((row) => row[which]);

test("classes stand in the order they are looked at", () => {
  expect(envelopeRows(view({})).map(({ name }) => name)).toEqual([
    "Wave width",
    "Scheduler class",
    "Effect ordering",
    "Failure visible",
    "Effect tier",
  ]);
  expect(envelopeRows(view({}))[0]?.value).toBe("3 of at most 4; canonical 1");
});

test("the first class that is refused is marked; what comes after it was not looked at", () => {
  const parity = { kind: "SchedulerClassRejected", expected: "", actual: "", text: "" };
  const rows = envelopeRows(view({ parity }));
  expect(says("parity", rows)).toEqual(["allowed", "rejected", "unseen", "unseen", "unseen"]);
  expect(new Set(says("policy", rows))).toEqual(new Set(["allowed"]));
});

test("every kind of refusal belongs to a class of its own", () => {
  const kinds = [
    "EnvelopeWaveWidthExceeded",
    "EnvelopeSchedulerClassRejected",
    "EnvelopeEffectOrderingRejected",
    "EnvelopeFailureVisibleRejected",
    "EnvelopeEffectTierMismatch",
  ];
  const places = kinds.map((kind) =>
    says("policy", envelopeRows(view({ rejected: { kind, expected: "", actual: "", text: "" } }))).indexOf(
      "rejected",
    ),
  );
  expect(places).toEqual([0, 1, 2, 3, 4]);
});

test("without an artifact there are no classes", () => {
  expect(envelopeRows(view({ artifact: null }))).toEqual([]);
});
