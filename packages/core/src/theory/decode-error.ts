/** Why a JSON value is not a type. */
export type DecodeErrorKind =
  | "InvalidGlobal"
  | "InvalidLocal"
  | "InvalidLabel"
  | "InvalidSort"
  | "InvalidValType"
  | "UnexpectedField"
  | "TooDeep";

/** Malformed input to a codec of the theory: its kind and the place inside the value (`$.Comm.branches.0`). */
export class TheoryDecodeError extends Error {
  override readonly name = "TheoryDecodeError";
  readonly kind: DecodeErrorKind;
  readonly path: string;
  constructor(kind: DecodeErrorKind, path: string) {
    super(`${kind} at ${path}`);
    this.kind = kind;
    this.path = path;
  }
}

/** Refuses the value at `path`. */
export const decodeFail = (kind: DecodeErrorKind, path: string): never => {
  throw new TheoryDecodeError(kind, path);
};

/** A plain JSON object. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The single tag of an externally tagged value. */
export const onlyKey = (value: Readonly<Record<string, unknown>>, path: string): string => {
  const keys = Object.keys(value);
  const first = keys[0];
  return keys.length === 1 && first !== undefined ? first : decodeFail("UnexpectedField", path);
};

/** The tree depth beyond which input is refused (spec/projection §16). */
export const MAX_DEPTH = 256;

/** Fields of an object, none missing, none more. */
export const fieldsOf = (
  value: unknown,
  fields: readonly string[],
  kind: DecodeErrorKind,
  path: string,
): Readonly<Record<string, unknown>> => {
  if (!isRecord(value)) return decodeFail(kind, path);
  for (const key of Object.keys(value)) {
    if (!fields.includes(key)) return decodeFail("UnexpectedField", `${path}.${key}`);
  }
  for (const key of fields) if (!(key in value)) return decodeFail(kind, `${path}.${key}`);
  return value;
};

/** A string at `path`. */
export const stringOf = (value: unknown, kind: DecodeErrorKind, path: string): string =>
  typeof value === "string" ? value : decodeFail(kind, path);

/** A list at `path`. */
export const listOf = (value: unknown, kind: DecodeErrorKind, path: string): readonly unknown[] =>
  Array.isArray(value) ? value : decodeFail(kind, path);
