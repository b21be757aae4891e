import { expect, test } from "vitest";
import { resolveKey, type TrustedKey } from "./key-resolution.ts";

const key = (epoch: number, more: Partial<TrustedKey> = {}): TrustedKey => ({
  domain: "Device",
  owner: "ada-phone",
  epoch,
  key: `${epoch}`.padStart(64, "0"),
  status: { kind: "Active" },
  ...more,
});

const rotated = { status: { kind: "Rotated", replacedByEpoch: 2 } } as const;

test("the latest key of an owner is given, or the one of an epoch", () => {
  const trusted = [key(2), key(1), key(3, { owner: "bob-phone" })];
  expect(resolveKey(trusted, "Device", "ada-phone")).toMatchObject({ key: { epoch: 2 } });
  expect(resolveKey(trusted, "Device", "ada-phone", 1)).toMatchObject({ key: { epoch: 1 } });
});

test("a key that was replaced or revoked does not verify, and says which", () => {
  const trusted = [key(1, rotated), key(2)];
  expect(resolveKey(trusted, "Device", "ada-phone", 1)).toMatchObject({
    error: { code: "Inactive", status: { replacedByEpoch: 2 } },
  });
  const revoked = [key(1), key(2, { status: { kind: "Revoked", reason: "lost" } })];
  expect(resolveKey(revoked, "Device", "ada-phone")).toMatchObject({ error: { code: "Inactive" } });
});

test("who is not trusted has no key: another owner, domain or epoch, or one that is empty", () => {
  const trusted = [key(1)];
  expect(resolveKey(trusted, "Guardian", "ada-phone")).toMatchObject({ error: { code: "Unknown" } });
  expect(resolveKey(trusted, "Device", "eve-phone")).toMatchObject({ error: { code: "Unknown" } });
  expect(resolveKey(trusted, "Device", "ada-phone", 9)).toEqual({
    ok: false,
    error: { code: "Unknown", domain: "Device", owner: "ada-phone", epoch: 9 },
  });
  expect(resolveKey([key(1, { key: "" })], "Device", "ada-phone")).toMatchObject({
    error: { code: "EmptyKey" },
  });
});
