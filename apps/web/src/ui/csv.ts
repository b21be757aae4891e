export type Cell = string | number | boolean | null;

/** A cell no spreadsheet takes for a formula, quoted where it must be (RFC 4180). */
const cellText = (value: Cell): string => {
  const text = value === null ? "" : String(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/**
 * A table as CSV: a line of names, then a line a row.
 *
 * @example csvOf(["peer", "left"], [["bea", 180]]) // "peer,left\r\nbea,180\r\n"
 */
export const csvOf = (names: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [names, ...rows].map((row) => `${row.map(cellText).join(",")}\r\n`).join("");
