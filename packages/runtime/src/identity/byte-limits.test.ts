import { expect, test } from "vitest";
import { byteLimits, type LimitName, limitError } from "./byte-limits.ts";

test("every limit admits what is exactly as long, and no more", () => {
  for (const name of Object.keys(byteLimits) as LimitName[]) {
    const max = byteLimits[name];
    expect(limitError(name, max)).toBeUndefined();
    expect(limitError(name, max + 1)).toEqual({ code: "LimitExceeded", limit: name, max, actual: max + 1 });
  }
  expect(limitError("factPayload", 65_537)?.max).toBe(65_536);
});
