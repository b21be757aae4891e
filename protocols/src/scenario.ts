import { parse } from "smol-toml";

/**
 * A run written down: what every seat decides and says. `role` names a role or
 * a whole family, `nth` (from 0) one occurrence; without it every occurrence
 * of that role and message gets the same answer.
 */
export interface Scenario {
  readonly title: string;
  readonly families: Readonly<Record<string, number>>;
  readonly names: Readonly<Record<string, number>>;
  readonly decide: readonly { readonly role: string; readonly take: string; readonly nth?: number }[];
  readonly payload: readonly {
    readonly role: string;
    readonly message: string;
    readonly nth?: number;
    /** JSON text, or the plain text of a `String`. */
    readonly value: string;
  }[];
}

const list = (value: unknown): readonly Record<string, unknown>[] => (Array.isArray(value) ? value : []);
const text = (value: unknown, what: string): string => {
  if (typeof value !== "string") throw new TypeError(`scenario: ${what} must be text`);
  return value;
};
const nth = (value: unknown): { nth?: number } => (typeof value === "number" ? { nth: value } : {});
const numbers = (value: unknown): Readonly<Record<string, number>> => {
  const entries = Object.entries((value ?? {}) as Record<string, unknown>);
  for (const [name, size] of entries) {
    if (typeof size !== "number") throw new TypeError(`scenario: ${name} must be a number`);
  }
  return Object.fromEntries(entries) as Record<string, number>;
};

/** Reads a `scenario.toml`; throws a `TypeError` that names the field which is off. */
export const readScenario = (toml: string): Scenario => {
  const data = parse(toml) as Record<string, unknown>;
  return {
    title: text(data.title, "title"),
    families: numbers(data.families),
    names: numbers(data.names),
    decide: list(data.decide).map((row) => ({
      role: text(row.role, "decide.role"),
      take: text(row.take, "decide.take"),
      ...nth(row.nth),
    })),
    payload: list(data.payload).map((row) => ({
      role: text(row.role, "payload.role"),
      message: text(row.message, "payload.message"),
      value: text(row.value, "payload.value"),
      ...nth(row.nth),
    })),
  };
};
