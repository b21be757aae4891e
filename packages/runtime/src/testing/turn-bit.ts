type Path = readonly (string | number)[];

/** Every leaf of a value, to change one at a time. */
const leavesOf = (value: unknown, path: Path = []): readonly (readonly [Path, unknown])[] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([name, part]) => leavesOf(part, [...path, name]))
    : [[path, value]];

const replaceAt = (value: unknown, [name, ...rest]: Path, by: unknown): unknown => {
  if (name === undefined) return by;
  if (Array.isArray(value))
    return value.map((part, i) => (String(i) === name ? replaceAt(part, rest, by) : part));
  const record = value as Record<string, unknown>;
  return { ...record, [name]: replaceAt(record[name], rest, by) };
};

const turned = (value: unknown, bit: number): unknown => {
  if (typeof value === "number") return value + (bit % 2 === 0 ? 1 : 2 ** (bit % 30));
  const bytes = new TextEncoder().encode(String(value));
  const at = bit % bytes.length;
  bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit % 7));
  return new TextDecoder().decode(bytes);
};

/** A value with a bit of its `leaf`th field turned, both counted round and round. */
export const turnBit = <T>(value: T, leaf: number, bit: number): T => {
  const leaves = leavesOf(value);
  const [path, found] = leaves[leaf % leaves.length] ?? [[], ""];
  return replaceAt(value, path, turned(found, bit)) as T;
};
