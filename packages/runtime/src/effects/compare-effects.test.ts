import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareEffects } from "./compare-effects.ts";
import { type EffectTraceEntry, effectLaws } from "./effect-trace.ts";

const entry = (kind: string, says: string, at = 0): EffectTraceEntry => ({
  effectId: at,
  kind,
  interface: null,
  operation: null,
  handler: "host",
  inputs: { says },
  outputs: {},
  orderingKey: at,
  topology: null,
});
const swapped = (entries: readonly EffectTraceEntry[]): readonly EffectTraceEntry[] => {
  const [first, second, ...rest] = entries;
  return first === undefined || second === undefined ? entries : [second, first, ...rest];
};
const sends = [entry("send_decision", "a"), entry("send_decision", "b"), entry("handle_recv", "a")];
const receipts = [entry("handle_recv", "a"), entry("handle_recv", "b"), entry("send_decision", "a")];

describe("two effect traces", () => {
  it("with two sends swapped differ at the first of them, and are alike by their laws", () => {
    expect(compareEffects(sends, swapped(sends), "strict")).toMatchObject({ equal: false, index: 0 });
    expect(compareEffects(sends, swapped(sends), "envelopeBounded")).toEqual({ equal: true });
  });

  it("with two receipts swapped differ either way", () => {
    expect(compareEffects(receipts, swapped(receipts), "strict")).toMatchObject({ equal: false, index: 0 });
    expect(compareEffects(receipts, swapped(receipts), "envelopeBounded")).toMatchObject({
      equal: false,
      law: "strict",
      index: 0,
    });
  });

  it("of which one has a send more, or a kind without a law, are not alike", () => {
    const more = [...sends, entry("send_decision", "c")];
    expect(compareEffects(more, sends, "envelopeBounded")).toMatchObject({ law: "commutative", index: 3 });
    expect(compareEffects([entry("ask", "a")], [entry("ask", "a")], "envelopeBounded")).toMatchObject({
      equal: false,
      law: undefined,
      detail: "ask has no law",
    });
  });

  it("hold topology as a set, and no id or place counts", () => {
    const cut = entry("topology_event", "cut");
    expect(compareEffects([cut, cut], [{ ...cut, effectId: 9, orderingKey: 4 }], "envelopeBounded")).toEqual({
      equal: true,
    });
  });

  it("that are equal are alike, and what is alike stays so however commutative effects are shuffled among themselves", () => {
    const kinds = Object.keys(effectLaws);
    const entries = fc.array(
      fc.tuple(fc.constantFrom(...kinds), fc.constantFrom("a", "b")).map(([kind, says]) => entry(kind, says)),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(entries, (left) => {
        const loose = left.filter(({ kind }) => kind === "send_decision" || kind === "invoke_step").reverse();
        const right = left.map((one) =>
          one.kind === "send_decision" || one.kind === "invoke_step" ? (loose.shift() ?? one) : one,
        );
        expect(compareEffects(left, left, "strict")).toEqual({ equal: true });
        expect(compareEffects(left, right, "envelopeBounded")).toEqual({ equal: true });
      }),
      { numRuns: 100 },
    );
  });
});
