import { encodeCanonical, type FactEnvelope } from "@parley/wire";
import { assert, dictionary, integer, property, string } from "fast-check";
import { expect, test } from "vitest";
import {
  decodeFactPayload,
  encodeFactPayload,
  envelopeBytes,
  payloadLimit,
  readEnvelope,
  tryFactPayload,
} from "./fact-envelope.ts";

const schema = { type: "t", version: 3, minVersion: 2 };
const envelope = (change: Partial<FactEnvelope> = {}): FactEnvelope => ({
  type: "t",
  version: 3,
  encoding: "DagCbor",
  payload: encodeCanonical({ a: 1 }),
  ...change,
});
const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "hex"));
const utf8 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));

test("a payload with swapped keys, a float, a tag, a trailing byte or a longer form of a number is refused", () => {
  for (const bad of [
    "a262616102616201",
    "f93c00",
    "fb3ff8000000000000",
    "c11a514b67b0",
    "0100",
    "1801",
    "5f4100ff",
  ])
    expect(decodeFactPayload(envelope({ payload: hex(bad) }), schema)).toMatchObject({
      ok: false,
      error: { code: "PAR7705", error: "invalid-envelope" },
    });
});

test("a version above or below what the reader knows, and another type, are refused by name", () => {
  expect(decodeFactPayload(envelope({ version: 4 }), schema)).toEqual({
    ok: false,
    error: { code: "PAR7704", error: "version-mismatch", version: 4, min: 2, max: 3 },
  });
  expect(decodeFactPayload(envelope({ version: 1 }), schema)).toMatchObject({ error: { code: "PAR7704" } });
  expect(decodeFactPayload(envelope({ type: "u", version: 9 }), schema)).toEqual({
    ok: false,
    error: { code: "PAR7703", error: "type-mismatch", expected: "t", actual: "u" },
  });
});

test("a payload of 65,536 bytes is taken, of 65,537 refused, written or read", () => {
  // A byte string of this length has a head of 5 bytes, or 3 below 65,536.
  const fits = new Uint8Array(payloadLimit - 3);
  const over = new Uint8Array(payloadLimit - 2);
  const taken = encodeFactPayload("t", 3, fits);
  expect(taken).toMatchObject({ ok: true });
  expect(encodeFactPayload("t", 3, over)).toEqual({
    ok: false,
    error: { code: "PAR7702", error: "payload-too-large", size: 65_537, limit: 65_536 },
  });
  expect(decodeFactPayload(envelope({ payload: encodeCanonical(fits) }), schema)).toMatchObject({ ok: true });
  expect(decodeFactPayload(envelope({ payload: encodeCanonical(over) }), schema)).toMatchObject({
    error: { code: "PAR7702" },
  });
});

test("a payload that is not what its encoding says is an invalid envelope; a float cannot be written", () => {
  for (const bad of [
    envelope({ payload: hex("a262616102616201") }),
    envelope({ payload: hex("f93c00") }),
    envelope({ encoding: "Json", payload: utf8("{") }),
    envelope({ encoding: "Json", payload: hex("22ff22") }),
  ])
    expect(decodeFactPayload(bad, schema)).toMatchObject({ ok: false, error: { code: "PAR7705" } });
  expect(encodeFactPayload("t", 1, { a: 1.5 })).toMatchObject({ ok: false, error: { code: "PAR7705" } });
});

test("the lenient reader says nothing for every failure", () => {
  expect(tryFactPayload(envelope(), schema)).toEqual({ a: 1 });
  expect(tryFactPayload(envelope({ type: "u" }), schema)).toBeUndefined();
  expect(tryFactPayload(envelope({ payload: hex("ff") }), schema)).toBeUndefined();
});

test("what is written is read back, payload and envelope", () => {
  assert(
    property(dictionary(string(), integer()), string(), (value, type) => {
      const written = encodeFactPayload(type, 3, value);
      if (!written.ok) throw new Error(written.error.code);
      expect(decodeFactPayload(written.envelope, { ...schema, type })).toEqual({ ok: true, value });
      expect(readEnvelope(envelopeBytes(written.envelope))).toEqual({ ok: true, envelope: written.envelope });
    }),
  );
});

test("an envelope with a field more, or one of another kind, is refused", () => {
  const fields = { type_id: "t", schema_version: 3, encoding: "DagCbor", payload: new Uint8Array() };
  for (const bad of [
    { ...fields, extra: 1 },
    { ...fields, schema_version: 65_536 },
    { ...fields, encoding: "Xml" },
    { ...fields, payload: "text" },
    [fields],
  ])
    expect(readEnvelope(encodeCanonical(bad))).toMatchObject({ ok: false, error: { code: "PAR7705" } });
  expect(readEnvelope(encodeCanonical(fields))).toMatchObject({ ok: true });
});
