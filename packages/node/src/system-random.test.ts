import { expect, test } from "vitest";
import { systemRandom } from "./system-random.ts";

test("random bytes have the asked length and do not repeat", () => {
  expect(systemRandom.bytes(0)).toEqual(new Uint8Array(0));
  const first = systemRandom.bytes(32);
  expect(first).toHaveLength(32);
  expect(systemRandom.bytes(32)).not.toEqual(first);
});
