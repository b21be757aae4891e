/** Plain JSON as the reference writes it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export const isObject = (value: unknown): value is JsonObject =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/** The object at a key, or an empty one. */
export const objectAt = (value: JsonObject, key: string): JsonObject => {
  const found = value[key];
  return isObject(found) ? found : {};
};

export const listAt = (value: JsonObject, key: string): readonly Json[] => {
  const found = value[key];
  return Array.isArray(found) ? found : [];
};

export const textAt = (value: JsonObject, key: string, otherwise = ""): string => {
  const found = value[key];
  return typeof found === "string" ? found : otherwise;
};

export const numberAt = (value: JsonObject, key: string, otherwise: number): number => {
  const found = value[key];
  return typeof found === "number" ? found : otherwise;
};

/** An externally tagged enum: a bare string, or an object with one key. */
export const variant = (value: Json | undefined): { readonly tag: string; readonly body: Json } => {
  if (typeof value === "string") return { tag: value, body: {} };
  if (isObject(value)) {
    const [first] = Object.entries(value);
    if (first !== undefined) return { tag: first[0], body: first[1] };
  }
  throw new FormError(`not a variant: ${JSON.stringify(value)}`);
};

export const asObject = (value: Json): JsonObject => {
  if (isObject(value)) return value;
  throw new FormError(`not an object: ${JSON.stringify(value)}`);
};

/** A case that is not in the form of the corpus. */
export class FormError extends Error {}
