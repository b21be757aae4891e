import { analyse } from "@parley/core";
import { expect, test } from "vitest";
import { manifestOf } from "./manifest.ts";
import { openingPolicy } from "./opening-policy.ts";

const manifest = (module: string, protocol: string) => {
  const { kernel } = analyse(
    `module ${module} exposing (${protocol})\n\nprotocol ${protocol} =\n  roles A, B\n  A -> B : M\n`,
  );
  if (kernel === undefined) throw new Error("does not lower");
  return manifestOf(kernel);
};

test("a default made for another class gives way to the policy of the protocol's own id", () => {
  const ota = manifest("ota_activation", "OTAActivationProtocol");
  expect(ota.determinism_policy_ref).toBe("aura.vm.recovery_grant.prod");
  expect(openingPolicy(ota, undefined)).toBe("aura.vm.sync_anti_entropy.prod");
});

test("a policy that was asked for is taken as asked, for admission to judge", () => {
  const ota = manifest("ota_activation", "OTAActivationProtocol");
  expect(openingPolicy(ota, "aura.vm.recovery_grant.prod")).toBe("aura.vm.recovery_grant.prod");
});

test("a protocol of one's own keeps what its manifest names", () => {
  expect(openingPolicy(manifest("shop", "Shop"), undefined)).toBe("aura.vm.prod.default");
});
