/** The places of hex digits in a value, in order, as paths to texts. */
const hexPlaces = (value: unknown, path: readonly string[] = []): readonly (readonly string[])[] => {
  if (typeof value === "string") return /^[0-9a-f]{64,}$/.test(value) ? [path] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => hexPlaces(part, [...path, name]));
};

const replaced = (
  value: unknown,
  [name, ...rest]: readonly string[],
  change: (text: string) => string,
): unknown => {
  if (name === undefined) return change(String(value));
  if (Array.isArray(value))
    return value.map((part, at) => (String(at) === name ? replaced(part, rest, change) : part));
  const record = value as Readonly<Record<string, unknown>>;
  return { ...record, [name]: replaced(record[name], rest, change) };
};

/** The text with the lowest bit of one of its hex digits turned. */
const turned = (text: string, at: number): string => {
  const digit = Number.parseInt(text[at] ?? "0", 16) ^ 1;
  return text.slice(0, at) + digit.toString(16) + text.slice(at + 1);
};

/** A value with one bit turned, and where. */
export interface Flipped<T> {
  readonly value: T;
  /** `seal.signature`, `path.0.sibling`; empty when there was nothing to turn. */
  readonly where: string;
}

/**
 * Turns one bit of a receipt or proof: of its `n`th hash or signature, counted
 * round and round. For seeing that a check notices.
 *
 * @example flipBit({ root: "00…" }, 0).value // { root: "10…" }
 */
export const flipBit = <T>(value: T, n: number): Flipped<T> => {
  const places = hexPlaces(value);
  const path = places[n % Math.max(1, places.length)];
  if (path === undefined) return { value, where: "" };
  return {
    value: replaced(value, path, (text) => turned(text, n % text.length)) as T,
    where: path.join("."),
  };
};
