import { expect, test } from "vitest";
import { epochWords, keyHistory } from "./key-history.ts";

const key = (name: string, device: string | null, epoch: number, last?: number) => ({
  key: name,
  purpose: device === null ? ("root" as const) : ("device" as const),
  device,
  epoch,
  seq: epoch,
  retired: last === undefined ? null : { seq: 9, epoch: last, reason: "rotated" },
});

test("the keys of a device stand with the last bound first, those of others do not", () => {
  const keys = [key("a", "phone", 0, 0), key("b", "laptop", 0), key("c", null, 0), key("d", "phone", 1)];
  expect(keyHistory(keys, "phone").map((one) => one.key)).toEqual(["d", "a"]);
  expect(keyHistory(keys, "tablet")).toEqual([]);
});

test("the epochs of a key are said as they are: open, several, one, none", () => {
  const words = [key("a", "p", 2), key("a", "p", 0, 3), key("a", "p", 4, 4), key("a", "p", 5, 4)];
  expect(words.map(epochWords)).toEqual(["since epoch 2", "epochs 0 – 3", "epoch 4", "in no epoch"]);
});
