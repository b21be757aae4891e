import { suggest } from "@parley/core";
import { type Fixed, ONE, readFixed } from "./fixed.ts";
import type { ScriptValue } from "./scenario.ts";
import { type ScenarioError, type ScenarioErrorKind, scenarioError } from "./scenario-error.ts";

const units: { readonly [unit: string]: number } = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000 };

/** Milliseconds of `250`, `"250ms"`, `"1.5s"`; nothing for anything else. */
export const readDuration = (value: unknown): number | undefined => {
  if (typeof value === "bigint") return value >= 0n && value <= 2n ** 52n ? Number(value) : undefined;
  if (typeof value === "number") return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  if (typeof value !== "string") return undefined;
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|min|h)$/.exec(value.trim());
  const millis = Number(match?.[1]) * (units[match?.[2] ?? ""] ?? Number.NaN);
  return Number.isSafeInteger(millis) ? millis : undefined;
};

const isTable = (value: unknown): value is { readonly [key: string]: unknown } =>
  value !== null && typeof value === "object" && !Array.isArray(value);

const kindOf = (value: unknown): string => {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "bigint" || typeof value === "number") return `the number ${value}`;
  if (typeof value === "string") return `the text ${JSON.stringify(value)}`;
  return typeof value === "boolean" ? String(value) : "a table";
};

/** Whole numbers that count something: none is larger. */
const MAX_COUNT = 1_000_000_000;

/**
 * One table of a scenario under the reader's eye: every getter names the key it
 * reads, reports what is wrong with it and answers a value to go on with.
 */
export class Fields {
  readonly path: string;
  readonly errors: ScenarioError[];
  private readonly value: { readonly [key: string]: unknown };

  private constructor(value: { readonly [key: string]: unknown }, path: string, errors: ScenarioError[]) {
    this.value = value;
    this.path = path;
    this.errors = errors;
  }

  /** Takes a value as a table; `keys` are all it may have. Anything else counts as an empty one, reported. */
  static of(value: unknown, path: string, keys: readonly string[], errors: ScenarioError[]): Fields {
    if (!isTable(value)) {
      errors.push(
        scenarioError("bad-type", path, `${path || "a scenario"} is ${kindOf(value)}`, "Write a table."),
      );
      return new Fields({}, path, errors);
    }
    const fields = new Fields(value, path, errors);
    for (const key of Object.keys(value)) if (!keys.includes(key)) fields.unknownKey(key, keys);
    return fields;
  }

  private unknownKey(key: string, keys: readonly string[]): void {
    const near = suggest(key, keys);
    this.report(
      "unknown-key",
      key,
      `there is no key ${key} here`,
      near === undefined ? `Known are ${[...keys].sort().join(", ")}.` : `Write ${near}.`,
    );
  }

  at(key: string): string {
    return this.path === "" ? key : `${this.path}.${key}`;
  }

  report(kind: ScenarioErrorKind, key: string, reason: string, fix: string): void {
    this.errors.push(scenarioError(kind, key === "" ? this.path : this.at(key), reason, fix));
  }

  has(key: string): boolean {
    return this.value[key] !== undefined;
  }

  raw(key: string): unknown {
    return this.value[key];
  }

  private wrong(key: string, wanted: string): void {
    this.report(
      "bad-type",
      key,
      `${this.at(key)} is ${kindOf(this.value[key])}, not ${wanted}`,
      `Write ${wanted}.`,
    );
  }

  private missing(key: string, wanted: string): void {
    this.report("missing-key", key, `${this.at(key)} is missing`, `Write ${wanted}.`);
  }

  optionalText(key: string): string | undefined {
    const value = this.value[key];
    if (value === undefined || typeof value === "string") return value;
    this.wrong(key, "a text");
    return undefined;
  }

  text(key: string): string {
    if (!this.has(key)) this.missing(key, "a text");
    return this.optionalText(key) ?? "";
  }

  flag(key: string, fallback: boolean): boolean {
    const value = this.value[key];
    if (value === undefined) return fallback;
    if (typeof value === "boolean") return value;
    this.wrong(key, "true or false");
    return fallback;
  }

  word<W extends string>(key: string, words: readonly W[], fallback: W): W {
    const value = this.value[key];
    if (value === undefined) return fallback;
    const found = words.find((word) => word === value);
    if (found !== undefined) return found;
    const near = typeof value === "string" ? suggest(value, words) : undefined;
    const fix = near === undefined ? `Write one of ${words.join(", ")}.` : `Write ${near}.`;
    this.report("unknown-word", key, `${this.at(key)} is ${kindOf(value)}`, fix);
    return fallback;
  }

  optionalCount(key: string, least = 0): number | undefined {
    const value = this.value[key];
    if (value === undefined) return undefined;
    const count = typeof value === "bigint" ? Number(value) : value;
    if (typeof count !== "number" || !Number.isInteger(count)) {
      this.wrong(key, "a whole number");
      return undefined;
    }
    if (count >= least && count <= MAX_COUNT) return count;
    const bound = least === 0 ? "must be >= 0" : least === 1 ? "must be > 0 (>= 1)" : `must be >= ${least}`;
    this.report(
      "out-of-range",
      key,
      `${this.at(key)} ${count > MAX_COUNT ? "is too large" : bound}`,
      "Write a whole number in the range.",
    );
    return undefined;
  }

  count(key: string, fallback: number | undefined, least = 0): number {
    if (!this.has(key) && fallback === undefined) this.missing(key, "a whole number");
    return this.optionalCount(key, least) ?? fallback ?? least;
  }

  /** A duration in ticks of 1 ms. */
  ticks(key: string): number | undefined {
    if (!this.has(key)) return undefined;
    const found = readDuration(this.value[key]);
    if (found === undefined) this.wrong(key, "milliseconds or a duration such as `250ms`");
    return found;
  }

  private fixed(key: string): Fixed | undefined {
    if (!this.has(key)) return undefined;
    const found = readFixed(this.value[key]);
    if (found === undefined) this.wrong(key, "a number such as 0.05");
    return found;
  }

  /** Any number, in fixed point. */
  fixedNumber(key: string): Fixed | undefined {
    return this.fixed(key);
  }

  /** A list of numbers, in fixed point. */
  fixedList(key: string): readonly Fixed[] {
    const found = this.list(key).map(readFixed);
    if (found.some((value) => value === undefined)) this.wrong(key, "a list of numbers such as 0.05");
    return found.flatMap((value) => (value === undefined ? [] : [value]));
  }

  probability(key: string): Fixed | undefined {
    const found = this.fixed(key);
    if (found === undefined || (found >= 0n && found <= ONE)) return found;
    this.report("out-of-range", key, `${this.at(key)} must be in [0,1]`, "Write a number from 0 to 1.");
    return undefined;
  }

  variance(key: string): Fixed | undefined {
    const found = this.fixed(key);
    if (found === undefined || found >= 0n) return found;
    this.report("out-of-range", key, `${this.at(key)} must be non-negative`, "Write 0 or more.");
    return undefined;
  }

  /** Texts of a list; an absent list is empty. */
  texts(key: string): readonly string[] {
    const list = this.list(key);
    const found = list.filter((item): item is string => typeof item === "string");
    if (found.length < list.length) this.wrong(key, "a list of texts");
    return found;
  }

  list(key: string): readonly unknown[] {
    const value = this.value[key];
    if (value === undefined) return [];
    if (Array.isArray(value)) return value;
    this.wrong(key, "a list");
    return [];
  }

  /** A table below this one; an absent one is empty. */
  table(key: string, keys: readonly string[]): Fields {
    return Fields.of(this.value[key] ?? {}, this.at(key), keys, this.errors);
  }

  /** Each table of a list of tables. */
  tables(key: string, keys: readonly string[]): readonly Fields[] {
    return this.list(key).map((item, i) => Fields.of(item, `${this.at(key)}[${i}]`, keys, this.errors));
  }

  /** Names with whole numbers from 0, of any keys. */
  numbers(key: string): { readonly [name: string]: number } {
    const value = this.value[key] ?? {};
    const table = Fields.of(value, this.at(key), isTable(value) ? Object.keys(value) : [], this.errors);
    return Object.fromEntries(Object.keys(table.value).map((name) => [name, table.optionalCount(name) ?? 0]));
  }

  /** What a payload row may hold. */
  scriptValue(key: string): ScriptValue | undefined {
    const value = this.value[key];
    if (value === undefined || typeof value === "string" || typeof value === "boolean") return value;
    if (typeof value === "bigint") return value;
    if (Number.isSafeInteger(value)) return BigInt(value as number);
    this.wrong(key, "a text, a whole number, true or false");
    return undefined;
  }
}
