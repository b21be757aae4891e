import { encodeCanonical, type FactEnvelope } from "@parley/wire";

/** The text of UTF-8 bytes; undefined when they are not UTF-8. */
export const utf8Text = (bytes: Uint8Array): string | undefined => {
  let escaped = "";
  for (const byte of bytes) escaped += `%${byte < 16 ? "0" : ""}${byte.toString(16)}`;
  try {
    return decodeURIComponent(escaped);
  } catch {
    return undefined;
  }
};

/** The canonical bytes of the value a JSON text holds; undefined when it is no JSON or holds a float. */
const canonicalOfJson = (payload: Uint8Array): Uint8Array | undefined => {
  const text = utf8Text(payload);
  if (text === undefined) return undefined;
  try {
    return encodeCanonical(JSON.parse(text));
  } catch {
    return undefined;
  }
};

/**
 * The envelope that stands for a typed payload when facts are compared: JSON
 * becomes the canonical CBOR of the same value, so both encodings of one value
 * are one fact; what cannot be read so stays as it is (spec/aura-state.md §4).
 * Canonical CBOR is already its own form, and other bytes are taken verbatim.
 */
export const payloadIdentity = (envelope: FactEnvelope): FactEnvelope => {
  if (envelope.encoding === "DagCbor") return envelope;
  const payload = canonicalOfJson(envelope.payload);
  return payload === undefined ? envelope : { ...envelope, encoding: "DagCbor", payload };
};
