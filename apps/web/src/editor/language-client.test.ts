import fc from "fast-check";
import { expect, it } from "vitest";
import { protocolOf, uriOf } from "./language-client.ts";
import { leavePlace, takePlace } from "./pending-place.ts";

it("the address of a text leads back to its protocol, whatever its id", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (id) => {
      expect(protocolOf(uriOf(id))).toBe(id);
    }),
  );
});

it("other addresses lead to no protocol", () => {
  for (const uri of ["parley:/protocols/", "parley:/protocols/a/b", "inmemory://model/1", ""]) {
    expect(protocolOf(uri)).toBeUndefined();
  }
});

it("a place left for a protocol is taken once, and by no other", () => {
  leavePlace("harbour", { start: 3, end: 7 });
  expect(takePlace("coast")).toBeUndefined();
  expect(takePlace("harbour")).toEqual({ start: 3, end: 7 });
  expect(takePlace("harbour")).toBeUndefined();
});
