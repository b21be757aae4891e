import type { EffectStream } from "@parley/wire/http";

export type EffectRow = EffectStream["items"][number];

/** The six structured events of the deterministic handler. */
export const effectKinds = ["send", "recv", "choose", "step", "acquire", "release"] as const;
export type EffectKind = (typeof effectKinds)[number];

export const isEffectKind = (text: string | undefined): text is EffectKind =>
  effectKinds.some((kind) => kind === text);

/** What is looked for: a kind, and words that all occur somewhere in a row. */
export interface EffectFilter {
  readonly kind: EffectKind | undefined;
  readonly text: string;
}

const textOf = ({ seq, kind, role, key, value, predicate, witness }: EffectRow): string =>
  `#${seq} ${kind} ${role} ${key} ${value} ${predicate} ${witness}`.toLowerCase();

export const filterEffects = (
  rows: readonly EffectRow[],
  { kind, text }: EffectFilter,
): readonly EffectRow[] => {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (kind === undefined && words.length === 0) return rows;
  return rows.filter((row) => {
    if (kind !== undefined && row.kind !== kind) return false;
    const all = textOf(row);
    return words.every((word) => all.includes(word));
  });
};

const columns = [
  "seq",
  "index",
  "tick",
  "kind",
  "role",
  "key",
  "value",
  "predicate",
  "witness",
  "granted",
] as const satisfies readonly (keyof EffectRow)[];

/** A cell no spreadsheet takes for a formula, quoted where it must be (RFC 4180). */
const cell = (value: string | number | boolean): string => {
  const text = String(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** The rows as CSV, with a line of names. */
export const effectsCsv = (rows: readonly EffectRow[]): string =>
  [columns.join(","), ...rows.map((row) => columns.map((name) => cell(row[name])).join(","))].join("\r\n") +
  "\r\n";

/** The rows as JSON, one a line, in the order of the columns. */
export const effectsJson = (session: string, rows: readonly EffectRow[]): string =>
  `${JSON.stringify({ session, effects: rows }, undefined, 1)}\n`;
