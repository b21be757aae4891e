import { expect, test } from "vitest";
import { boundKeys, deviceKeyName, foldKey, type KeyRecord, presentKey } from "./key-records.ts";

const at = (seq: number, epoch: number) => ({ seq, epoch });
const bound = (key: string, epoch = 0) => ({
  kind: "key.bound" as const,
  key,
  purpose: "device" as const,
  device: "phone",
  epoch,
});
const rotated = (replaces: string, key: string, epoch: number) => ({
  kind: "key.rotated" as const,
  device: "phone",
  key,
  replaces,
  epoch,
  reason: "lent",
});
const first = foldKey([], bound("k1"), at(1, 0));

test("a rotation ends one key with the epoch before and begins the next, under a name of its own", () => {
  const keys = foldKey(first, rotated("k1", "k2", 4), at(7, 3));
  expect(boundKeys(keys)).toEqual([
    { key: "k1", device: "phone", epoch: 0, retired: 4 },
    { key: "k2", device: "phone", epoch: 4 },
  ]);
  expect(presentKey(keys, "device", "phone")).toBe("k2");
  expect([first, keys].map((one) => deviceKeyName(one, "phone"))).toEqual(["device:phone", "device.1:phone"]);
});

test("a key in place of one that was lost keeps the name of its turn, also while none is bound", () => {
  const keys = foldKey(first, rotated("k1", "k2", 1), at(2, 0));
  const lost = foldKey(keys, { kind: "key.retired", key: "k2", reason: "lost" }, at(3, 1));
  expect(presentKey(lost, "device", "phone")).toBeUndefined();
  expect(deviceKeyName(lost, "phone")).toBe("device.1:phone");
  const again = foldKey(lost, bound("k3", 1), at(4, 1));
  expect(deviceKeyName(again, "phone")).toBe("device.1:phone");
  expect(deviceKeyName(foldKey(again, rotated("k3", "k4", 2), at(5, 1)), "phone")).toBe("device.2:phone");
});

test("a key that is not bound any more, and one that is there already, replace nothing", () => {
  const keys: readonly KeyRecord[] = foldKey(first, rotated("k1", "k2", 1), at(2, 0));
  expect(foldKey(keys, rotated("k1", "k3", 2), at(3, 1))).toBe(keys);
  expect(foldKey(keys, rotated("k2", "k1", 2), at(3, 1))).toBe(keys);
});
