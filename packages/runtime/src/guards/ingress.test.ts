import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type DecodedIngress,
  gatherEvidence,
  type IngressCheck,
  type IngressMetadata,
  ingressChecks,
  promoteIngress,
} from "./ingress.ts";

const metadata: IngressMetadata = {
  source: { kind: "authority", id: "ada" },
  context: "ctx:s",
  session: "s",
  payloadHash: "ab",
  schemaVersion: 1,
};
const decoded: DecodedIngress<string> = { kind: "decoded", metadata, payload: "hello" };
const pass = () => ({ ok: true }) as const;
const passing = (checks: readonly IngressCheck[]) =>
  gatherEvidence(metadata, Object.fromEntries(checks.map((check) => [check, pass])));

test("a payload all eight checks passed for is let in", () => {
  const gathered = passing(ingressChecks);
  expect(gathered.ok && promoteIngress(decoded, gathered.evidence)).toMatchObject({
    ok: true,
    ingress: { kind: "verified", payload: "hello" },
  });
});

test("the first check that is missing is named, in the order of the list", () => {
  fc.assert(
    fc.property(fc.subarray([...ingressChecks], { maxLength: 7 }), (checks) => {
      const gathered = passing(checks);
      if (!gathered.ok) throw new Error("passes");
      expect(promoteIngress(decoded, gathered.evidence)).toEqual({
        ok: false,
        error: {
          code: "PAR7650",
          kind: "missing-check",
          check: ingressChecks.find((one) => !checks.includes(one)),
        },
      });
    }),
  );
});

test("gathering stops at the first check that fails and says what failed", () => {
  const asked: string[] = [];
  const note = (name: string, ok: boolean) => () => {
    asked.push(name);
    return ok ? ({ ok } as const) : ({ ok: false, detail: "seen before" } as const);
  };
  const gathered = gatherEvidence(metadata, {
    ProofEvidence: note("proof", true),
    ReplayFreshness: note("replay", false),
    PeerIdentity: note("peer", true),
  });
  expect(gathered).toEqual({
    ok: false,
    error: { code: "PAR7651", kind: "failed-check", check: "ReplayFreshness", detail: "seen before" },
  });
  expect(asked).toEqual(["peer", "replay"]);
});

test.each([
  ["source", { source: { kind: "device", id: "ada" } }],
  ["source", { source: { kind: "authority", id: "bob" } }],
  ["context", { context: "ctx:t" }],
  ["session", { session: "t" }],
  ["payloadHash", { payloadHash: "cd" }],
  ["schemaVersion", { schemaVersion: 2 }],
] as const)("evidence of another %s does not speak for this payload", (field, other) => {
  const gathered = passing(ingressChecks);
  if (!gathered.ok) throw new Error("passes");
  const evidence = { ...gathered.evidence, metadata: { ...metadata, ...other } };
  expect(promoteIngress(decoded, evidence)).toEqual({
    ok: false,
    error: { code: "PAR7652", kind: "metadata-mismatch", field },
  });
});
