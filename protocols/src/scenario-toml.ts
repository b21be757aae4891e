import { type RawScenario, type ScenarioError, tomlError } from "@parley/runtime/simulation";
import { parse, stringify, TomlError } from "smol-toml";

export type ParsedToml =
  | { readonly ok: true; readonly raw: RawScenario }
  /** `line` and `column` count from 1. */
  | {
      readonly ok: false;
      readonly error: ScenarioError;
      readonly line: number;
      readonly column: number;
    };

/** Parses the text of a simulation scenario. Integers stay apart from numbers with a point, as the format asks. */
export const parseScenarioToml = (text: string): ParsedToml => {
  try {
    return {
      ok: true,
      raw: parse(text, { integersAsBigInt: true, maxDepth: 50, unsafeKeyBehaviour: "throw" }),
    };
  } catch (cause) {
    const { line, column } = cause instanceof TomlError ? cause : { line: 1, column: 1 };
    return { ok: false, error: tomlError((cause as Error).message.trim()), line, column };
  }
};

/** Whole numbers become integers of the text, whatever they were before. */
const asIntegers = (value: unknown): unknown => {
  if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
  if (Array.isArray(value)) return value.map(asIntegers);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, asIntegers(part)]));
};

/** The text of a scenario, plain values first and tables after them. */
export const printScenarioToml = (raw: RawScenario): string => `${stringify(asIntegers(raw)).trim()}\n`;
