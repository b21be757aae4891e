import { blake3 } from "@noble/hashes/blake3.js";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { expect, test } from "vitest";
import { idBytes } from "../identity/id-bytes.ts";
import { derivedContext } from "./derived-context.ts";
import { factFault } from "./fact-fault.ts";
import { buildFactRegistry } from "./fact-registry.ts";
import { makeFact } from "./make-fact.ts";
import { protocolFactFault, protocolVariants } from "./protocol-variants.ts";

const hash = (digit: string) => digit.repeat(64);
const fields = {
  GuardianBinding: { account_id: "ada", guardian_id: "bea", binding_hash: hash("1") },
  RecoveryGrant: { account_id: "ada", guardian_id: "bea", grant_hash: hash("2") },
  Consensus: {
    consensus_id: hash("3"),
    operation_hash: hash("4"),
    threshold_met: true,
    participant_count: 2,
  },
};
type Variant = keyof typeof fields;
const variants = Object.keys(fields) as readonly Variant[];

const hexOf = (context: string | undefined): string =>
  (context ?? "").slice("context-".length).replaceAll("-", "");
const first16 = (...parts: readonly Uint8Array[]): string =>
  bytesToHex(blake3(concatBytes(...parts))).slice(0, 32);

test("the context of a fact that names none follows from its label and fields", () => {
  const of = (variant: Variant) => hexOf(derivedContext({ variant, fields: fields[variant] }));
  const pair = [idBytes("ada"), idBytes("bea")] as const;
  expect(of("GuardianBinding")).toBe(first16(utf8ToBytes("guardian-binding"), ...pair));
  expect(of("RecoveryGrant")).toBe(first16(utf8ToBytes("recovery-grant"), ...pair, hexToBytes(hash("2"))));
  expect(of("Consensus")).toBe(
    first16(utf8ToBytes("consensus"), hexToBytes(hash("3")), hexToBytes(hash("4"))),
  );
});

test("a variant that names its context, and fields that are no ids or hashes, derive none", () => {
  expect(derivedContext({ variant: "RotateFact", fields: { context: "ctx:s" } })).toBeUndefined();
  expect(derivedContext({ variant: "toString", fields: {} })).toBeUndefined();
  expect(
    derivedContext({ variant: "RecoveryGrant", fields: { ...fields.RecoveryGrant, grant_hash: 1 } }),
  ).toBe(undefined);
});

test("facts that derive their context are read with and without one beside them; another's is foreign", () => {
  const registry = buildFactRegistry([]);
  if (!registry.ok) throw new Error(registry.error.error);
  const checks = { registry: registry.registry, authorize: () => true, keysOf: () => [] };
  const faultOf = (variant: string, of: { readonly [name: string]: unknown }) => {
    const made = makeFact({ kind: "protocol", variant, fields: of }, "ada", {
      kind: "order",
      random: hash("5"),
    });
    if (!made.ok) throw new Error("no fact");
    return factFault(made.fact, { kind: "context", id: "ctx:s" }, checks);
  };
  for (const variant of variants) {
    expect(protocolVariants[variant]?.context).toBeUndefined();
    expect(protocolFactFault(variant, fields[variant])).toBeUndefined();
    expect(faultOf(variant, fields[variant])).toBeUndefined();
    expect(faultOf(variant, { ...fields[variant], context: "ctx:s" })).toBeUndefined();
    expect(faultOf(variant, { ...fields[variant], context: "ctx:t" })).toMatchObject({
      error: "foreign-fact",
    });
  }
});
