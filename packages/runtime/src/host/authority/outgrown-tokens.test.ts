import { expect, test } from "vitest";
import { firstPartyCapabilities } from "../../identity/capability-vocabulary.ts";
import type { TokenPort } from "../../identity/token-port.ts";
import { hostFixture } from "../../testing/host-fixture.ts";
import { memoryKeys } from "../../testing/memory-keys.ts";
import { plainTokens } from "../../testing/plain-tokens.ts";
import { operator } from "../caller.ts";
import type { Host } from "../host-api.ts";
import type { Result } from "../host-error.ts";

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

/** Tokens of a studio whose vocabulary did not hold a capability yet. */
const earlierTokens = (missing: string): TokenPort => {
  const tokens = plainTokens();
  return {
    ...tokens,
    issue: (grant, root, keys) => {
      const capabilities = grant.capabilities.filter((name) => name !== missing);
      const issued = tokens.issue({ ...grant, capabilities }, root, keys);
      return issued.ok ? { ok: true, value: { ...issued.value, capabilities } } : issued;
    },
  };
};

const tokenOf = async (host: Host, authority: string, device: string) => {
  const { devices, tokens } = must(await host.authority(authority));
  const presented = devices.find(({ id }) => id === device)?.token ?? null;
  return { presented, capabilities: tokens.find(({ id }) => id === presented)?.capabilities ?? [] };
};

test("when the vocabulary has grown, devices that still present the token of the seed present a new one, once; what a person presented stays", async () => {
  const keys = memoryKeys();
  const missing = "ota:propose";
  const before = await hostFixture({ keys, tokens: earlierTokens(missing) });
  const old = await tokenOf(before.host, "ada", "ada-phone");
  expect(old.capabilities).not.toContain(missing);
  const narrow = must(
    await before.host.issueToken(operator, "bea", {
      device: "bea-phone",
      capabilities: ["read"],
      present: true,
    }),
  );

  const { host } = await hostFixture({ keys, store: before.store });
  const grown = await tokenOf(host, "ada", "ada-phone");
  expect(grown.presented).not.toBe(old.presented);
  expect(grown.capabilities).toEqual(firstPartyCapabilities);
  expect(await tokenOf(host, "bea", "bea-phone")).toMatchObject({
    presented: narrow.id,
    capabilities: ["read"],
  });

  const commit = await before.store.lastCommit();
  await hostFixture({ keys, store: before.store });
  expect(await before.store.lastCommit()).toBe(commit);
});
