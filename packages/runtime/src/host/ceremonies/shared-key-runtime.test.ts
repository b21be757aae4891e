import { expect, test } from "vitest";
import { protocolSurfaces } from "../../admission/protocol-surface.ts";
import { shippedProfiles } from "../../admission/runtime-profile.ts";
import { recordedRuntime, sharedKeyError } from "./shared-key-runtime.ts";

const uses = ["key generation", "threshold signing"] as const;
const lacking = (...lacks: string[]) => ({ profile: "mine", lacks });
const missing = (capability: string, operation: (typeof uses)[number]) => ({
  code: "PAR8201",
  variant: "MissingCapability",
  capability,
  profile: "mine",
  operation,
});

test("a ceremony that records no runtime, and one on a runtime that lacks other things, makes and uses its key", () => {
  for (const use of uses) {
    expect(sharedKeyError(undefined, use)).toBeUndefined();
    expect(sharedKeyError(lacking("reconfiguration", "semantic_handoff"), use)).toBeUndefined();
  }
});

test("both ask for the profile of consensus, key generation for bounded termination too", () => {
  for (const use of uses)
    expect(sharedKeyError(lacking("byzantine_envelope"), use)).toEqual(missing("byzantine_envelope", use));
  expect(sharedKeyError(lacking("termination_bounded"), "key generation")).toEqual(
    missing("termination_bounded", "key generation"),
  );
  expect(sharedKeyError(lacking("termination_bounded"), "threshold signing")).toBeUndefined();
});

test("signing asks for every surface whose consumer it is, by name", () => {
  const read = protocolSurfaces.filter(({ consumer }) => consumer.includes("threshold signing"));
  expect(read).toHaveLength(4);
  for (const { name } of read)
    expect(sharedKeyError(lacking(name), "threshold signing")).toEqual(missing(name, "threshold signing"));
});

test("what a shipped profile lacks is recorded by key, and the full one not at all", () => {
  const recorded = Object.fromEntries(shippedProfiles.map((one) => [one.name, recordedRuntime(one)]));
  expect(recorded.full).toBeUndefined();
  expect(recorded["no-reconfiguration"]?.lacks).toContain("reconfiguration");
  expect(sharedKeyError(recorded["no-reconfiguration"], "key generation")).toBeUndefined();
  expect(sharedKeyError(recorded.none, "key generation")).toMatchObject({ capability: "byzantine_envelope" });
});
