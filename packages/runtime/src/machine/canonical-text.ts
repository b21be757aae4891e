import type { Value } from "@parley/wire";

const quote = (text: string): string => JSON.stringify(text);

/** A value as text, the same for equal values however they were built. */
export const valueText = (value: Value): string => {
  switch (value.kind) {
    case "unit":
      return "u";
    case "nat":
      return `n${value.value}`;
    case "bool":
      return value.value ? "t" : "f";
    case "str":
      return `s${quote(value.value)}`;
    case "prod":
      return `(${valueText(value.left)},${valueText(value.right)})`;
    case "endpoint":
      return `e${value.sid}${quote(value.role)}`;
    case "opaque":
      return `o${quote(value.type)}${quote(value.json)}`;
  }
};

/** Plain data as text with keys in order: for the rarer parts of a state. */
export const canonicalText = (data: unknown): string => {
  if (typeof data === "string") return quote(data);
  if (Array.isArray(data)) return `[${data.map(canonicalText).join(",")}]`;
  if (data === null || typeof data !== "object") return String(data);
  const entries = Object.entries(data)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${quote(key)}:${canonicalText(value)}`);
  return `{${entries.join(",")}}`;
};
