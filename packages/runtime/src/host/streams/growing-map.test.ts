import fc from "fast-check";
import { expect, test } from "vitest";
import { GrowingMap } from "./growing-map.ts";

test("every version stays what it was, whichever one is added to", () => {
  const step = fc.record({ base: fc.nat(), key: fc.constantFrom("a", "b", "c", "d", "e", "f") });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const versions = [GrowingMap.empty<number>()];
      const models: ReadonlyMap<string, number>[] = [new Map()];
      steps.forEach(({ base, key }, value) => {
        const from = base % versions.length;
        versions.push((versions[from] as GrowingMap<number>).with(key, value));
        models.push(new Map(models[from]).set(key, value));
      });
      versions.forEach((version, index) => {
        const model = models[index] ?? new Map<string, number>();
        expect([...version]).toEqual([...model]);
        expect(version.size).toBe(model.size);
        for (const key of "abcdefg") {
          expect(version.get(key)).toBe(model.get(key));
          expect(version.has(key)).toBe(model.has(key));
        }
      });
    }),
  );
});
