import { readFileSync, writeFileSync } from "node:fs";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { decodeStrict, encodeCanonical } from "@parley/wire";
import { describe, expect, test } from "vitest";
import { memoryKeys } from "../testing/memory-keys.ts";
import { authorityIdentity, capabilityRef, epochRotationSession, sessionContext } from "./derived-ids.ts";
import {
  type FlowReceipt,
  flowReceiptTranscript,
  signFlowReceipt,
  verifyFlowReceipt,
} from "./flow-receipt.ts";
import { groupId, messageContextHash, relationshipId, relayId } from "./hash-id.ts";
import { idBytes } from "./id-bytes.ts";
import { showTypedId } from "./typed-id.ts";

/**
 * Each file holds rows of `in` and `out`. `GOLDEN=write` fills the outs in
 * again: what changes then is what every recorded hash and signature stands on.
 */
const golden = <T>(name: string, compute: (row: T) => unknown): void => {
  const file = new URL(`golden/${name}.golden.json`, import.meta.url);
  const rows = JSON.parse(readFileSync(file, "utf8")) as { in: T; out: unknown }[];
  if (process.env.GOLDEN === "write") {
    const made = rows.map((row) => ({ in: row.in, out: compute(row.in) }));
    writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`);
  }
  describe(name, () => {
    test.each(rows.map((row) => [JSON.stringify(row.in), row] as const))("%s", (_, row) => {
      expect(compute(row.in)).toEqual(row.out);
    });
  });
};

golden<string>("id-bytes", (id) => bytesToHex(idBytes(id)));

golden<{ readonly of: string; readonly id: string }>("derived-ids", ({ of, id }) => {
  switch (of) {
    case "authority":
      return authorityIdentity(id);
    case "session":
      return showTypedId(sessionContext(id));
    case "rotation":
      return showTypedId(epochRotationSession(id));
    default:
      return capabilityRef(id);
  }
});

golden<{ readonly of: string; readonly ids: readonly string[] }>("hash-ids", ({ of, ids }) => {
  const bytes = ids.map(idBytes);
  const [a = new Uint8Array(), b = new Uint8Array()] = bytes;
  switch (of) {
    case "relationship":
      return relationshipId(a, b);
    case "relay":
      return {
        id: bytesToHex(relayId(a, b)),
        context: messageContextHash({ kind: "relay", id: relayId(a, b) }),
      };
    case "group":
      return {
        id: bytesToHex(groupId(2, bytes)),
        context: messageContextHash({ kind: "group", id: groupId(2, bytes) }),
      };
    default:
      return messageContextHash({
        kind: "dkd",
        label: ids[0] ?? "",
        fingerprint: new Uint8Array(32).fill(7),
      });
  }
});

golden<FlowReceipt>("flow-receipts", (receipt) => {
  const keys = memoryKeys("golden");
  const key = keys.create("device:ada-phone");
  const signature = signFlowReceipt(receipt, "flow", "device:ada-phone", keys);
  expect(verifyFlowReceipt(receipt, "flow", signature, key)).toBe(true);
  expect(verifyFlowReceipt(receipt, "transport", signature, key)).toBe(false);
  return {
    key,
    flow: bytesToHex(flowReceiptTranscript(receipt, "flow")),
    transport: bytesToHex(flowReceiptTranscript(receipt, "transport")),
    signature: bytesToHex(signature),
  };
});

golden<unknown>("canonical-bytes", (value) => {
  const bytes = encodeCanonical(value);
  expect(decodeStrict(bytes)).toEqual({ ok: true, value });
  return bytesToHex(bytes);
});

test("the transcript of a receipt has its parts at their places", () => {
  const [row] = JSON.parse(
    readFileSync(new URL("golden/flow-receipts.golden.json", import.meta.url), "utf8"),
  ) as { in: FlowReceipt; out: { flow: string } }[];
  const text = row?.out.flow ?? "";
  const bytes = hexToBytes(text);
  expect(bytes).toHaveLength(20 + 16 * 3 + 8 + 4 + 8 + 32 + 7 + 1);
  expect(new TextDecoder().decode(bytes.slice(0, 20))).toBe("aura:flow-receipt:v1");
  expect(bytesToHex(bytes.slice(68, 88))).toBe("0000000000000003" + "00000032" + "0000000000000096");
  expect(new TextDecoder().decode(bytes.slice(-8, -1))).toBe(":scope:");
  expect(bytes.at(-1)).toBe(1);
});
