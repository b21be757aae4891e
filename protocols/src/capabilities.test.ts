import { firstPartyCapabilities } from "@parley/runtime/identity";
import { expect, test } from "vitest";
import { catalogue } from "./catalogue.ts";

test("every capability that a shipped protocol declares is of the first-party vocabulary, so that seeded tokens grant it", () => {
  const declared = catalogue().flatMap(({ source }) =>
    [...source.matchAll(/guard_capability\s*[:=]\s*"([^"]+)"/g)].map(([, name]) => name ?? ""),
  );
  expect(declared.length).toBeGreaterThan(40);
  expect([...new Set(declared)].filter((name) => !firstPartyCapabilities.includes(name))).toEqual([]);
});
