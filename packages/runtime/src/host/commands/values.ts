import type { SessionInput, Value } from "@parley/wire";
import type { EntryJson, InputsRequest } from "@parley/wire/http";

type InputJson = InputsRequest["inputs"][number];
export type ValueJson = Extract<InputJson, { readonly kind: "payload" }>["value"];

/** A value from JSON; naturals beyond 2^53 come as decimal text. */
export const valueFromJson = (json: ValueJson): Value => {
  switch (json.kind) {
    case "nat":
      return { kind: "nat", value: typeof json.value === "number" ? json.value : natural(json.value) };
    case "prod":
      return { kind: "prod", left: valueFromJson(json.left), right: valueFromJson(json.right) };
    default:
      return json;
  }
};

const natural = (text: string): number | bigint => {
  const value = BigInt(text);
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
};

/** A value as JSON. */
export const valueToJson = (value: Value): ValueJson => {
  switch (value.kind) {
    case "nat":
      return typeof value.value === "number"
        ? { kind: "nat", value: value.value }
        : { kind: "nat", value: String(value.value) };
    case "prod":
      return { kind: "prod", left: valueToJson(value.left), right: valueToJson(value.right) };
    default:
      return value;
  }
};

/** A session input from its JSON form. */
export const inputFromJson = (json: InputJson): SessionInput => {
  switch (json.kind) {
    case "payload":
    case "inject":
      return { ...json, value: valueFromJson(json.value) };
    case "cancel":
      return {
        kind: "cancel",
        reason: json.reason,
        ...(json.scope === undefined ? {} : { scope: json.scope }),
      };
    case "advance":
      return json.max === undefined ? { kind: "advance" } : { kind: "advance", max: json.max };
    default:
      return json;
  }
};

type JsonRecord = EntryJson["events"][number];

const plainToJson = (value: unknown): unknown => (typeof value === "bigint" ? String(value) : value);

/** Anything of an entry as JSON: bytes are left out, bigints become decimal text. */
export const recordToJson = (value: unknown): unknown => {
  if (value === null || typeof value !== "object") return plainToJson(value);
  if (Array.isArray(value)) return value.map(recordToJson);
  const record: { [key: string]: unknown } = {};
  for (const [key, field] of Object.entries(value)) {
    if (field === undefined || field instanceof Uint8Array) continue;
    // An assignment would not make this one a field.
    if (key === "__proto__")
      Object.defineProperty(record, key, { value: recordToJson(field), enumerable: true });
    else record[key] = typeof field === "object" ? recordToJson(field) : plainToJson(field);
  }
  return record;
};

export const recordsToJson = (values: readonly unknown[]): JsonRecord[] =>
  values.map((value) => recordToJson(value) as JsonRecord);
