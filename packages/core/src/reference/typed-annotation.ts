import type { Entry } from "./tree.ts";

/** Keys that belong to the statement as well as to the sender (language.md §8). */
const STATEMENT_KEYS: ReadonlySet<string> = new Set([
  "runtime_timeout",
  "parallel",
  "ordered",
  "min_responses",
  "retry",
  "idempotent",
  "trace",
]);

const UNSIGNED_32 = 4_294_967_295n;
const UNSIGNED_64 = 18_446_744_073_709_551_615n;
const DEFAULT_TIMED_CHOICE = 5_000n;

const UNITS = [
  ["h", 3_600_000n],
  ["m", 60_000n],
  ["s", 1_000n],
  ["ms", 1n],
] as const;

const unsigned = (text: string, most: bigint): bigint | undefined => {
  if (!/^[0-9]+$/.test(text)) return undefined;
  const value = BigInt(text);
  return value <= most ? value : undefined;
};

const milliseconds = (text: string): bigint | undefined => {
  const match = /^([0-9]+)(ms|s|m|h)?$/.exec(text);
  if (match === null) return undefined;
  const unit = UNITS.find(([name]) => name === (match[2] ?? "ms"));
  return unit === undefined ? undefined : BigInt(match[1] ?? "0") * unit[1];
};

/** The largest unit that divides it. */
const durationText = (ms: bigint): string => {
  const unit = UNITS.find(([, size]) => ms % size === 0n) ?? UNITS[3];
  return `${ms / unit[1]}${unit[0]}`;
};

const counted = (value: string): string => unsigned(value, UNSIGNED_32)?.toString() ?? value;

const flag = (value: string): string => (value === "" ? "true" : value);

const typedValue = ({ key, value }: Entry): string => {
  switch (key) {
    case "priority":
    case "retry":
    case "min_responses":
      return counted(value);
    case "trace":
    case "parallel":
    case "ordered":
      return flag(value);
    case "runtime_timeout": {
      const ms = milliseconds(value);
      return ms === undefined ? value : durationText(ms);
    }
    default:
      return value;
  }
};

/** `timed_choice : true` and `timeout_ms : n`, which together are one annotation that comes first. */
const timedChoice = (entries: readonly Entry[]): readonly Entry[] => {
  const limits = entries
    .filter((entry) => entry.key === "timeout_ms")
    .map((entry) => unsigned(entry.value, UNSIGNED_64))
    .filter((ms) => ms !== undefined);
  const flagged = entries.some((entry) => entry.key === "timed_choice" && entry.value === "true");
  const ms = limits.at(-1) ?? (flagged ? DEFAULT_TIMED_CHOICE : undefined);
  if (ms === undefined) return [];
  return [
    { key: "timed_choice", value: "true" },
    { key: "timeout_ms", value: ms.toString() },
  ];
};

const partOfTimedChoice = ({ key, value }: Entry): boolean =>
  key === "timeout_ms" || (key === "timed_choice" && value === "true");

/**
 * A sender record as the reference keeps it: values that parse as their key's
 * type are printed back in one form, the others stay as written (language.md §8).
 *
 * @example typedEntries([{ key: "runtime_timeout", value: "60s" }]) // value "1m"
 */
export const typedEntries = (entries: readonly Entry[]): readonly Entry[] => [
  ...timedChoice(entries),
  ...entries
    .filter((entry) => !partOfTimedChoice(entry))
    .map((entry) => ({ key: entry.key, value: typedValue(entry) })),
];

/** Those of them that also stand on the statement. */
export const statementEntries = (entries: readonly Entry[]): readonly Entry[] =>
  typedEntries(entries).filter((entry) => STATEMENT_KEYS.has(entry.key));
