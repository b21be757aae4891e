import type { Severity } from "./diagnostic.ts";

/** One row of the table: `text` holds `{name}` places that a report fills. */
export interface CodeEntry {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly text: string;
}

export const error = (id: string, title: string, text: string): CodeEntry => ({
  id,
  severity: "error",
  title,
  text,
});
export const warning = (id: string, title: string, text: string): CodeEntry => ({
  id,
  severity: "warning",
  title,
  text,
});
export const info = (id: string, title: string, text: string): CodeEntry => ({
  id,
  severity: "info",
  title,
  text,
});
