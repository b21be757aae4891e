import type { DeclareFactTypeRequest } from "@parley/wire/http";

type Fields = DeclareFactTypeRequest["fields"];
type Field = Fields[string];
type Time = Extract<Field, { readonly kind: "time" }>;

const kinds = ["text", "integer", "boolean", "bytes", "hash", "list", "record"] as const;
/** What a time is for, and the narrowest domain that will do. */
const needs = { causality: "logical", order: "order", instant: "physical", window: "range" } as const;
const domains = Object.values(needs);

export type ReadFields =
  | { readonly ok: true; readonly fields: Fields }
  | { readonly ok: false; readonly line: number; readonly reason: string };

/** A field by the words after its name, or what is wrong with them. */
const readField = (name: string, words: readonly string[]): Field | string => {
  const [kind, ...rest] = words;
  const optional = rest.at(-1) === "optional";
  const more = optional ? rest.slice(0, -1) : rest;
  const marked = optional ? { optional: true } : {};
  const known = kinds.find((one) => one === kind);
  if (known !== undefined)
    return more.length === 0 ? { kind: known, ...marked } : "after what it holds only “optional” may stand";
  if (kind !== "time") return `${name} holds one of ${[...kinds, "time"].join(", ")}`;
  const [need, domain, ...others] = more;
  if (need === undefined || !Object.hasOwn(needs, need))
    return `a time is for one of ${Object.keys(needs).join(", ")}`;
  const asked = domains.find((one) => one === (domain ?? needs[need as Time["need"]]));
  if (asked === undefined || others.length > 0)
    return `after what a time is for stands its domain: ${domains.join(", ")}`;
  return { kind: "time", need: need as Time["need"], domain: asked, ...marked };
};

/**
 * Fields as they are typed in, one a line: a name, what it holds, `optional`.
 * Of a time also what it is for, and its domain if not the narrowest for that.
 *
 * @example readFields("patient text\nseen time instant\nminutes integer optional")
 */
export const readFields = (text: string): ReadFields => {
  const fields: Fields = {};
  for (const [index, line] of text.split("\n").entries()) {
    const [name, ...words] = line
      .replace(":", " ")
      .split(/[\s,]+/)
      .filter(Boolean);
    if (name === undefined) continue;
    const field = name in fields ? `${name} is there already` : readField(name, words);
    if (typeof field === "string") return { ok: false, line: index + 1, reason: field };
    fields[name] = field;
  }
  return { ok: true, fields };
};
