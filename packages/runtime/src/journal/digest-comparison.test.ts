import { hashText } from "@parley/wire";
import { expect, test } from "vitest";
import {
  compareDigests,
  type JournalDigest,
  operationHash,
  pushSlice,
  requestFor,
} from "./digest-comparison.ts";

const digest = (operationCount: number, change: Partial<JournalDigest> = {}): JournalDigest => ({
  operationCount,
  operationHash: hashText("ops"),
  factHash: hashText("facts"),
  capsHash: hashText("caps"),
  ...change,
});

test("3 operations against 5 are behind and ask for 2 from 3; as many but others diverge and ask from 0", () => {
  expect(compareDigests(digest(3), digest(5))).toBe("local-behind");
  expect(requestFor(digest(3), digest(5))).toEqual({ from: 3, max: 2 });
  const other = digest(3, { operationHash: hashText("other") });
  expect(compareDigests(digest(3), other)).toBe("diverged");
  expect(requestFor(digest(3), other)).toEqual({ from: 0, max: 128 });
});

test("a peer that is behind, or equal but for its epoch, is asked nothing", () => {
  expect(compareDigests(digest(5), digest(3))).toBe("remote-behind");
  expect(requestFor(digest(5), digest(3))).toBeUndefined();
  expect(compareDigests(digest(5), digest(5, { lastEpoch: 2 }))).toBe("equal");
  expect(requestFor(digest(5), digest(5, { lastEpoch: 2 }))).toBeUndefined();
  expect(compareDigests(digest(5), digest(5, { capsHash: hashText("x") }))).toBe("diverged");
});

test("requests and pushes keep to the batch", () => {
  expect(requestFor(digest(0), digest(500))).toEqual({ from: 0, max: 128 });
  expect(pushSlice([1, 2, 3, 4, 5], 2, 2)).toEqual([3, 4]);
});

test("the hash of a log depends on the order of its operations", () => {
  const [a, b] = [hashText("a"), hashText("b")];
  expect(operationHash([a, b])).not.toBe(operationHash([b, a]));
});
