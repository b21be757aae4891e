import type { DeclareFactTypeRequest } from "@parley/wire/http";

const kinds = ["text", "integer", "boolean", "bytes", "hash", "list", "record"] as const;

export type ReadFields =
  | { readonly ok: true; readonly fields: DeclareFactTypeRequest["fields"] }
  | { readonly ok: false; readonly line: number; readonly reason: string };

/**
 * Fields as they are typed in, one a line: a name, what it holds, `optional`.
 *
 * @example readFields("patient text\nminutes integer optional")
 */
export const readFields = (text: string): ReadFields => {
  const fields: DeclareFactTypeRequest["fields"] = {};
  for (const [index, line] of text.split("\n").entries()) {
    const [name, kind, optional, ...more] = line
      .replace(":", " ")
      .split(/[\s,]+/)
      .filter(Boolean);
    if (name === undefined) continue;
    const refuse = (reason: string): ReadFields => ({ ok: false, line: index + 1, reason });
    const known = kinds.find((one) => one === kind);
    if (known === undefined) return refuse(`${name} holds one of ${kinds.join(", ")}`);
    if (name in fields) return refuse(`${name} is there already`);
    if ((optional !== undefined && optional !== "optional") || more.length > 0)
      return refuse("after what it holds only “optional” may stand");
    fields[name] = optional === undefined ? { kind: known } : { kind: known, optional: true };
  }
  return { ok: true, fields };
};
