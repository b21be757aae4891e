import { loadBiscuitTokens, loadUncachedBiscuitTokens } from "@parley/node";
import { firstPartyCapabilities, type TokenPort } from "@parley/runtime/identity";
import { memoryKeys } from "@parley/runtime/testing/identity";
import { rounded } from "./steady.ts";

const MS = 1_500;

/** Answers a second, after a first pass. */
const rate = (work: (n: number) => void): number => {
  for (let n = 0; n < 50; n += 1) work(n);
  const start = performance.now();
  let done = 0;
  while (performance.now() - start < MS) {
    work(done);
    done += 1;
  }
  return rounded((done * 1000) / (performance.now() - start));
};

const tokensOf = (port: TokenPort) => {
  const keys = memoryKeys("bench");
  const root = keys.create("root:ada");
  const grant = {
    issuer: "ada",
    holder: "ada",
    device: "ada-phone",
    capabilities: firstPartyCapabilities,
    scope: { kind: "contexts" },
  } as const;
  const whole = port.issue(grant, "root:ada", keys);
  if (!whole.ok) throw new Error(whole.error.code);
  const narrowed = port.attenuate(whole.value.bytes, root, [
    { kind: "operation", operation: "read", prefix: "/context/ctx:s" },
    { kind: "expires", at: 1e9 },
  ]);
  if (!narrowed.ok) throw new Error(narrowed.error.code);
  return { root, whole: whole.value.bytes, narrowed: narrowed.value.bytes };
};

const allowed = (port: TokenPort, bytes: string, root: string, capability: string, at: number): void => {
  const question = { capability, authority: "ada", context: "ctx:s", at };
  const answer = port.authorize(bytes, root, question);
  if (answer.kind !== "allowed") throw new Error(JSON.stringify(answer));
};

/** Decisions of a real Biscuit with the whole vocabulary: asked of the library, narrowed by a prefix, and from the cache. */
export const tokens = async () => {
  const port = await loadUncachedBiscuitTokens(5_000);
  const { root, whole, narrowed } = tokensOf(port);
  const cached = await loadBiscuitTokens(5_000);
  return {
    capabilities: firstPartyCapabilities.length,
    uncached: rate((n) => allowed(port, whole, root, "chat:message:send", n)),
    uncachedPrefix: rate((n) => allowed(port, narrowed, root, "read", n)),
    cached: rate((n) => allowed(cached, whole, root, "chat:message:send", n)),
  };
};
