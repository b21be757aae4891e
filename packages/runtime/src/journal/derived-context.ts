import { blake3 } from "@noble/hashes/blake3.js";
import { concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import type { FactContent } from "@parley/wire";
import { idBytes } from "../identity/id-bytes.ts";
import { showTypedId } from "../identity/typed-id.ts";
import { isHash } from "./byte-order.ts";

type ProtocolFact = Pick<Extract<FactContent, { readonly kind: "protocol" }>, "variant" | "fields">;

/** A field as its bytes: the 16 of an id, or the 32 of a hash. */
type Part = readonly [field: string, kind: "id" | "hash"];

const account: readonly Part[] = [
  ["account_id", "id"],
  ["guardian_id", "id"],
];

/** What each is derived from, after its label. */
const parts: { readonly [variant: string]: readonly [label: string, parts: readonly Part[]] } = {
  GuardianBinding: ["guardian-binding", account],
  RecoveryGrant: ["recovery-grant", [...account, ["grant_hash", "hash"]]],
  Consensus: [
    "consensus",
    [
      ["consensus_id", "hash"],
      ["operation_hash", "hash"],
    ],
  ],
};

const bytesOf = (value: unknown, kind: Part[1]): Uint8Array | undefined => {
  if (typeof value !== "string") return undefined;
  if (kind === "id") return idBytes(value);
  return isHash(value) ? hexToBytes(value) : undefined;
};

/**
 * The context a protocol fact is about where no field names it: the first 16
 * bytes of BLAKE3(label ‖ fields) (spec/aura-state.md §4.1). Undefined for
 * variants that name theirs, and for fields that are not what they should be.
 *
 * @example derivedContext({ variant: "GuardianBinding", fields: { account_id: "ada", guardian_id: "bea" } })
 */
export const derivedContext = ({ variant, fields }: ProtocolFact): string | undefined => {
  const found = Object.hasOwn(parts, variant) ? parts[variant] : undefined;
  if (found === undefined) return undefined;
  const [label, from] = found;
  const bytes = from.map(([field, kind]) => bytesOf(fields[field], kind));
  if (bytes.some((one) => one === undefined)) return undefined;
  const material = concatBytes(utf8ToBytes(label), ...bytes.filter((one) => one !== undefined));
  return showTypedId({ kind: "context", bytes: blake3(material).slice(0, 16) });
};
