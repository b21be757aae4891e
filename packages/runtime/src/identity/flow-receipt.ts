import { concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Hash, PublicKey } from "@parley/wire";
import { idBytes } from "./id-bytes.ts";
import type { KeyPort } from "./key-port.ts";
import { verify } from "./verify-signature.ts";

/** A receipt in the reference's own form, one signature each (spec/aura-state.md §10). */
export interface FlowReceipt {
  readonly context: string;
  readonly source: string;
  readonly destination: string;
  readonly epoch: number;
  /** 0 to 2^32 − 1. */
  readonly cost: number;
  readonly nonce: number;
  readonly prev: Hash;
}

/** What the charge was for. */
export type ReceiptScope = "flow" | "transport";

const scopeByte = { flow: 1, transport: 2 } as const;
const head = utf8ToBytes("AURA-RECEIPT-V1\0");

const bigEndian = (value: number, size: number): Uint8Array => {
  if (!Number.isSafeInteger(value) || value < 0 || value >= 2 ** (8 * size))
    throw new RangeError(`${value} has no ${size} bytes`);
  let rest = BigInt(value);
  const bytes = new Uint8Array(size);
  for (let at = size - 1; at >= 0; at -= 1) {
    bytes[at] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return bytes;
};

/** The bytes that are signed. Throws a `RangeError` for a number that has no place in them. */
export const flowReceiptTranscript = (receipt: FlowReceipt, scope: ReceiptScope): Uint8Array =>
  concatBytes(
    utf8ToBytes("aura:flow-receipt:v1"),
    idBytes(receipt.context),
    idBytes(receipt.source),
    idBytes(receipt.destination),
    bigEndian(receipt.epoch, 8),
    bigEndian(receipt.cost, 4),
    bigEndian(receipt.nonce, 8),
    hexToBytes(receipt.prev),
    utf8ToBytes(":scope:"),
    Uint8Array.of(scopeByte[scope]),
  );

/** The signature as it travels: its kind, the scope, the key, the signature; 113 bytes. */
export const signFlowReceipt = (
  receipt: FlowReceipt,
  scope: ReceiptScope,
  keyName: string,
  keys: KeyPort,
): Uint8Array =>
  concatBytes(
    head,
    Uint8Array.of(scopeByte[scope]),
    hexToBytes(keys.create(keyName)),
    keys.sign(keyName, flowReceiptTranscript(receipt, scope)),
  );

/**
 * Whether a signature is of this receipt and scope, by this key. The key comes
 * from trusted state; one that only stands in the signature proves nothing.
 */
export const verifyFlowReceipt = (
  receipt: FlowReceipt,
  scope: ReceiptScope,
  signature: Uint8Array,
  key: PublicKey,
): boolean => {
  const expected = concatBytes(head, Uint8Array.of(scopeByte[scope]), hexToBytes(key));
  const sized = signature.length === expected.length + 64;
  if (!sized || expected.some((byte, at) => signature[at] !== byte)) return false;
  return verify(key, flowReceiptTranscript(receipt, scope), signature.slice(expected.length));
};
