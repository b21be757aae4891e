import { expect, test } from "vitest";
import { attenuationPreview } from "./attenuation-preview.ts";

const allows = ["read", "relay:forward", "write"].map((capability) => ({
  capability,
  allowed: capability !== "write",
}));
const everywhere = { kind: "contexts" } as const;
const say = (ms: number) => `${ms} ms`;

test("a list of capabilities loses what is not in it, and grants nothing the token did not allow", () => {
  const checks = [{ kind: "capabilities" as const, only: ["read", "write"] }];
  expect(attenuationPreview(allows, everywhere, checks, say)).toEqual({
    lost: ["relay:forward"],
    kept: ["read"],
    conditions: [],
  });
});

test("several lists leave what is in all of them", () => {
  const checks = ["read", "relay:forward"].map((name) => ({ kind: "capabilities" as const, only: [name] }));
  expect(attenuationPreview(allows, everywhere, checks, say).kept).toEqual([]);
});

test("a context, an end and a prefix are conditions on what is kept", () => {
  const { lost, conditions } = attenuationPreview(
    allows,
    everywhere,
    [
      { kind: "context", context: "ctx:s1" },
      { kind: "expires", at: 5 },
      { kind: "operation", operation: "read", prefix: "/a" },
    ],
    say,
  );
  expect(lost).toEqual([]);
  expect(conditions).toEqual([
    "nothing outside of ctx:s1",
    "nothing from 5 ms on",
    "of storage only to read what begins with “/a”",
  ]);
});

test("a check for another context than the token's own leaves nothing", () => {
  const scope = { kind: "context", context: "ctx:s1" } as const;
  const { kept, lost } = attenuationPreview(allows, scope, [{ kind: "context", context: "ctx:s2" }], say);
  expect(kept).toEqual([]);
  expect(lost).toEqual(["read", "relay:forward"]);
});
