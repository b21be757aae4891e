import { analyse } from "@parley/core";
import { soundness } from "@parley/core/explore";
import { describe, expect, test } from "vitest";
import { inShort, verdictsOf } from "./verdict-words.ts";

const localsOf = (body: string) => {
  const { samples, verdict } = analyse(`protocol P =\n  roles A, B\n${body}`);
  expect(verdict).toBe("sound");
  return samples?.at(-1)?.locals ?? {};
};
const ask = localsOf("  A -> B : Ask\n  B -> A : Reply\n");
const flood = localsOf("  loop forever\n    A -> B : Item\n");
const words = (sound: ReturnType<typeof soundness>) =>
  Object.fromEntries(verdictsOf(sound).map(({ id, short, proof }) => [id, `${short}, ${proof}`]));

describe("says what is known and how", () => {
  test("when every state was seen", () =>
    expect(words(soundness(ask, { projected: true }))).toEqual({
      deadlocks: "Yes, by exploration",
      progress: "Yes, by exploration",
      buffers: "At most 1, by exploration",
      arms: "Yes, by exploration",
      states: "All of them, by exploration",
    }));
  test("when a sender is never slowed down", () => {
    const sound = soundness(flood, { projected: true, bound: 2 });
    expect(words(sound)).toEqual({
      deadlocks: "Yes, by projection",
      progress: "Not known, not known",
      buffers: "2 do not suffice, not known",
      arms: "Not known, not known",
      states: "Not all, not known",
    });
    expect(verdictsOf(sound).map(({ sentence }) => sentence)).toContain(
      "A → B can fill 2 places: nothing slows the sender down there.",
    );
  });
  test("when a run gets stuck", () => {
    const sound = soundness({ ...ask, B: flood.B ?? { kind: "end" } });
    expect(words(sound)).toMatchObject({ deadlocks: "No, by exploration", progress: "No, by exploration" });
    expect(verdictsOf(sound)[0]?.sentence).toBe("B waits for Item from A, but Ask arrives.");
  });
});

test("in short only when it is known of every sample", () => {
  const of = (sound: ReturnType<typeof soundness>) => ({
    bindings: { families: {}, names: {} },
    roles: [],
    sound,
  });
  const free = of(soundness(ask, { projected: true }));
  const open = of(soundness(flood, { projected: true, bound: 2 }));
  const stuck = of(soundness({ ...ask, B: flood.B ?? { kind: "end" } }));
  expect(inShort([free], true)).toBe("free");
  expect(inShort([free], false)).toBe(undefined);
  expect(inShort([free, open], true)).toBe(undefined);
  expect(inShort([free, stuck], false)).toBe("stuck");
  expect(inShort([], true)).toBe(undefined);
});
