import type { Value } from "@parley/wire";
import type { ValueType } from "../machine/code/value-type.ts";
import { asObject, FormError, type Json, numberAt, textAt, variant } from "./json.ts";

/** Reads a value of the reference (spec/machine.md §2.2). */
export const decodeValue = (input: Json): Value => {
  const { tag, body } = variant(input);
  switch (tag) {
    case "Unit":
      return { kind: "unit" };
    case "Nat":
      return { kind: "nat", value: Number(body) };
    case "Bool":
      return { kind: "bool", value: body === true };
    case "Str":
      return { kind: "str", value: String(body) };
    case "Prod": {
      const [left, right] = body as readonly Json[];
      return { kind: "prod", left: decodeValue(left ?? "Unit"), right: decodeValue(right ?? "Unit") };
    }
    case "Endpoint":
      return {
        kind: "endpoint",
        sid: numberAt(asObject(body), "sid", 0),
        role: textAt(asObject(body), "role"),
      };
    default:
      throw new FormError(`no value ${tag}`);
  }
};

/** Writes a value in the reference's form; JSON text of a declared type shows as a string. */
export const encodeValue = (value: Value): Json => {
  switch (value.kind) {
    case "unit":
      return "Unit";
    case "nat":
      return { Nat: Number(value.value) };
    case "bool":
      return { Bool: value.value };
    case "str":
      return { Str: value.value };
    case "prod":
      return { Prod: [encodeValue(value.left), encodeValue(value.right)] };
    case "endpoint":
      return { Endpoint: { sid: value.sid, role: value.role } };
    case "opaque":
      return { Str: value.json };
  }
};

const simple: { readonly [name: string]: ValueType } = {
  Unit: { kind: "unit" },
  Nat: { kind: "nat" },
  Bool: { kind: "bool" },
  String: { kind: "str" },
  Readiness: { kind: "readiness" },
};

/** Reads the annotation of a branch; `null` is a payload nobody declared. */
export const decodeValueType = (input: Json): ValueType => {
  if (input === null) return { kind: "none" };
  const { tag, body } = variant(input);
  if (tag === "Prod") {
    const [left, right] = body as readonly Json[];
    return { kind: "prod", left: decodeValueType(left ?? null), right: decodeValueType(right ?? null) };
  }
  if (tag === "Chan")
    return { kind: "chan", sid: numberAt(asObject(body), "sid", 0), role: textAt(asObject(body), "role") };
  const type = simple[tag];
  if (type === undefined) throw new FormError(`no value type ${tag}`);
  return type;
};
