import { decodeStrict, encodeCanonical, type FactEnvelope } from "@parley/wire";
import { utf8Text } from "./payload-identity.ts";

/** A payload has at most this many bytes. */
export const payloadLimit = 65_536;

/** Why a typed payload cannot be written or read. */
export type EnvelopeError =
  | {
      readonly code: "PAR7702";
      readonly error: "payload-too-large";
      readonly size: number;
      readonly limit: number;
    }
  | {
      readonly code: "PAR7703";
      readonly error: "type-mismatch";
      readonly expected: string;
      readonly actual: string;
    }
  | {
      readonly code: "PAR7704";
      readonly error: "version-mismatch";
      readonly version: number;
      readonly min: number;
      readonly max: number;
    }
  | { readonly code: "PAR7705"; readonly error: "invalid-envelope"; readonly why: string };

export type EnvelopeResult<T> =
  | ({ readonly ok: true } & T)
  | { readonly ok: false; readonly error: EnvelopeError };

/** The type a reader expects, and the versions it can read. */
export interface EnvelopeSchema {
  readonly type: string;
  readonly version: number;
  readonly minVersion: number;
}

const invalid = (why: string): { readonly ok: false; readonly error: EnvelopeError } => ({
  ok: false,
  error: { code: "PAR7705", error: "invalid-envelope", why },
});

const tooLarge = (size: number): { readonly ok: false; readonly error: EnvelopeError } => ({
  ok: false,
  error: { code: "PAR7702", error: "payload-too-large", size, limit: payloadLimit },
});

/**
 * A value as a typed payload in canonical CBOR. Errors: `PAR7702` above 65,536
 * bytes, `PAR7705` for a value without canonical bytes, such as a float.
 */
export const encodeFactPayload = (
  type: string,
  version: number,
  value: unknown,
): EnvelopeResult<{ readonly envelope: FactEnvelope }> => {
  let payload: Uint8Array;
  try {
    payload = encodeCanonical(value);
  } catch (error) {
    return invalid(error instanceof Error ? error.message : String(error));
  }
  if (payload.length > payloadLimit) return tooLarge(payload.length);
  return { ok: true, envelope: { type, version, encoding: "DagCbor", payload } };
};

const parseJson = (payload: Uint8Array): EnvelopeResult<{ readonly value: unknown }> => {
  const text = utf8Text(payload);
  if (text === undefined) return invalid("the payload is not UTF-8");
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return invalid("the payload is not JSON");
  }
};

const readPayload = ({ encoding, payload }: FactEnvelope): EnvelopeResult<{ readonly value: unknown }> => {
  if (encoding === "Json") return parseJson(payload);
  const read = decodeStrict(payload);
  return read.ok ? { ok: true, value: read.value } : invalid(read.error.detail);
};

/**
 * The value of a typed payload, checked in this order: the type, the version
 * within what the reader knows, the size, the payload itself
 * (spec/aura-state.md §2).
 */
export const decodeFactPayload = (
  envelope: FactEnvelope,
  schema: EnvelopeSchema,
): EnvelopeResult<{ readonly value: unknown }> => {
  const { type, version, payload } = envelope;
  if (type !== schema.type)
    return {
      ok: false,
      error: { code: "PAR7703", error: "type-mismatch", expected: schema.type, actual: type },
    };
  if (version < schema.minVersion || version > schema.version)
    return {
      ok: false,
      error: {
        code: "PAR7704",
        error: "version-mismatch",
        version,
        min: schema.minVersion,
        max: schema.version,
      },
    };
  return payload.length > payloadLimit ? tooLarge(payload.length) : readPayload(envelope);
};

/** As `decodeFactPayload` for readers that pass over what they cannot read: undefined for every failure. */
export const tryFactPayload = (envelope: FactEnvelope, schema: EnvelopeSchema): unknown => {
  const decoded = decodeFactPayload(envelope, schema);
  return decoded.ok ? decoded.value : undefined;
};

/** An envelope as canonical bytes. */
export const envelopeBytes = (envelope: FactEnvelope): Uint8Array => {
  const { type, version, encoding, payload } = envelope;
  return encodeCanonical({ type_id: type, schema_version: version, encoding, payload });
};

const envelopeOf = (value: unknown): FactEnvelope | undefined => {
  if (typeof value !== "object" || value === null) return undefined;
  const fields = value as Record<string, unknown>;
  const { type_id: type, schema_version: version, encoding, payload } = fields;
  if (Object.keys(fields).length !== 4 || typeof type !== "string") return undefined;
  if (!Number.isSafeInteger(version) || Number(version) < 0 || Number(version) > 0xffff) return undefined;
  if ((encoding !== "DagCbor" && encoding !== "Json") || !(payload instanceof Uint8Array)) return undefined;
  return { type, version: Number(version), encoding, payload };
};

/** Reads an envelope from its bytes: canonical, all four fields, no other. */
export const readEnvelope = (bytes: Uint8Array): EnvelopeResult<{ readonly envelope: FactEnvelope }> => {
  const read = decodeStrict(bytes);
  if (!read.ok) return invalid(read.error.detail);
  const envelope = envelopeOf(read.value);
  return envelope === undefined ? invalid("the fields are not those of an envelope") : { ok: true, envelope };
};
