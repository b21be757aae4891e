import { expect, test } from "vitest";
import { capabilityNameError, requiredCapability } from "./capability-name.ts";
import { capabilityOrigin, delegatedCapabilities, firstPartyCapabilities } from "./capability-vocabulary.ts";

test("the vocabulary holds every name once, sorted, and each is valid", () => {
  expect(firstPartyCapabilities).toHaveLength(6 + 2 + 8 + 2 + 5 + 4 + 9 + 4 + 17 + 1 + 3 + 7 + 11);
  expect([...new Set(firstPartyCapabilities)].sort()).toEqual(firstPartyCapabilities);
  expect(firstPartyCapabilities.filter((name) => capabilityNameError(name))).toEqual([]);
  expect(firstPartyCapabilities).toContain("sync:epoch:commit_rotation");
});

test("a capability is of lower-case words, and says what is wrong with it otherwise", () => {
  expect(capabilityNameError("amp:send")).toBeUndefined();
  expect(capabilityNameError("a::b")).toBeUndefined();
  expect(capabilityNameError("")).toEqual({ code: "Empty" });
  expect(capabilityNameError("Amp:Send")).toEqual({ code: "Invalid", value: "Amp:Send" });
  for (const wrong of ["amp send", "amp.send", "ämp", "amp:send\n"])
    expect(capabilityNameError(wrong)).toEqual({ code: "Invalid", value: wrong });
});

test("where a name comes from is told without granting anything", () => {
  expect(
    ["chat:message:send", "game:move", "example:x", "module:m:x", "module:m", "Chat"].map(capabilityOrigin),
  ).toEqual(["first-party", "own", "example", "module", "invalid", "invalid"]);
});

test("an operation needs the capability of its kind, any other its own", () => {
  expect(
    ["read", "list", "write", "update", "append", "delete", "constructor"].map(requiredCapability),
  ).toEqual(["read", "read", "write", "write", "write", "delete", "constructor"]);
});

test("a delegation passes on what was asked for and had, no more", () => {
  expect(delegatedCapabilities(["write", "read"], ["read", "admin", "read"])).toEqual(["read"]);
});
