/** A value on the machine: what registers and frames hold. `opaque` carries JSON text of a declared type. */
export type Value =
  | { readonly kind: "unit" }
  | { readonly kind: "nat"; readonly value: number | bigint }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "str"; readonly value: string }
  | { readonly kind: "prod"; readonly left: Value; readonly right: Value }
  | { readonly kind: "endpoint"; readonly sid: number; readonly role: string }
  | { readonly kind: "opaque"; readonly type: string; readonly json: string };

export const unit: Value = { kind: "unit" };
