import fc from "fast-check";
import { expect, test } from "vitest";
import { fromBase64Url, toBase64Url } from "./base64-url.ts";

test("bytes survive, and the text is the one Node writes, padded", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const text = toBase64Url(bytes);
      expect(text.replaceAll("=", "")).toBe(Buffer.from(bytes).toString("base64url"));
      expect(text.length % 4).toBe(0);
      expect([...(fromBase64Url(text) ?? [0])]).toEqual([...bytes]);
      expect(fromBase64Url(text.replaceAll("=", ""))).toEqual(fromBase64Url(text));
    }),
  );
});

test("other texts, and a second text of the same bytes, are none", () => {
  expect(["A", "AA+A", "AA/A", "A=AA", "AAAA===", "AB", "AAB"].map(fromBase64Url)).toEqual(
    Array.from({ length: 7 }, () => undefined),
  );
});
