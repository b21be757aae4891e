import fc from "fast-check";
import { expect, test } from "vitest";
import { VersionedMap } from "./versioned-map.ts";

test("every version stays what it was, whichever one is changed next", () => {
  const step = fc.record({ from: fc.nat(20), key: fc.constantFrom("a", "b", "c", "d"), value: fc.nat(9) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const versions = [VersionedMap.of<number>()];
      const models = [new Map<string, number>()];
      for (const { from, key, value } of steps) {
        const at = from % versions.length;
        versions.push((versions[at] as VersionedMap<number>).with(key, value));
        models.push(new Map(models[at]).set(key, value));
      }
      expect(versions.map((version) => [...version])).toEqual(models.map((model) => [...model]));
      versions.forEach((version, at) => {
        for (const key of ["a", "b", "c", "d"]) {
          expect(version.get(key)).toBe(models[at]?.get(key));
          expect(version.has(key)).toBe(models[at]?.has(key));
        }
        expect(version.size).toBe(models[at]?.size);
      });
    }),
  );
});
