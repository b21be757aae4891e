import type { PayloadType } from "@parley/core";
import type { Value } from "@parley/wire";

/**
 * The type of a payload on the machine. `none` is a message whose payload
 * nobody declared: a send then carries whatever its register holds
 * (spec/machine.md §13).
 */
export type ValueType =
  | { readonly kind: "none" }
  | { readonly kind: "unit" }
  | { readonly kind: "nat" }
  | { readonly kind: "bool" }
  | { readonly kind: "str" }
  | { readonly kind: "prod"; readonly left: ValueType; readonly right: ValueType }
  | { readonly kind: "chan"; readonly sid: number; readonly role: string }
  | { readonly kind: "readiness" }
  | { readonly kind: "opaque"; readonly name: string };

const bySort = { Unit: "unit", Nat: "nat", Bool: "bool", String: "str" } as const;

/** The machine's type of a declared payload; anything not built in travels as JSON text. */
export const valueTypeOf = (payload: PayloadType): ValueType =>
  payload.sort === "Opaque" ? { kind: "opaque", name: payload.text } : { kind: bySort[payload.sort] };

/** Whether a send of this type waits for a value from its seat. */
export const needsPayload = (type: ValueType): boolean => type.kind !== "none" && type.kind !== "unit";

/** Structural match; endpoints need equal session and role. */
export const matchesType = (type: ValueType, value: Value): boolean => {
  switch (type.kind) {
    case "none":
      return true;
    case "prod":
      return (
        value.kind === "prod" && matchesType(type.left, value.left) && matchesType(type.right, value.right)
      );
    case "chan":
      return value.kind === "endpoint" && value.sid === type.sid && value.role === type.role;
    case "opaque":
      return value.kind === "opaque" && value.type === type.name;
    case "readiness":
      return false;
    default:
      return value.kind === type.kind;
  }
};

const utf8Length = (text: string): number => {
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0) as number;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
};

/** Estimated size on the wire in bytes (spec/machine.md §2.2). */
export const wireSize = (value: Value): number => {
  switch (value.kind) {
    case "unit":
    case "bool":
      return 1;
    case "nat":
      return 8;
    case "str":
      return 8 + utf8Length(value.value);
    case "prod":
      return 1 + wireSize(value.left) + wireSize(value.right);
    case "endpoint":
      return 16 + utf8Length(value.role);
    case "opaque":
      return 8 + utf8Length(value.json);
  }
};
