import type { Value } from "@parley/wire";
import type { DecideState } from "./code/program.ts";
import type { Coroutine } from "./state.ts";

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
};

/** The word a value says: the one key of an object, a text, or a truth value as the language names it. */
const wordOf = (value: Value): string | undefined => {
  if (value.kind === "bool") return value.value ? "True" : "False";
  if (value.kind === "str") return value.value;
  if (value.kind !== "opaque") return undefined;
  const json = parsed(value.json);
  if (typeof json === "string") return json;
  if (typeof json === "boolean") return json ? "True" : "False";
  if (json === null || typeof json !== "object" || Array.isArray(json)) return undefined;
  const keys = Object.keys(json);
  return keys.length === 1 ? keys[0] : undefined;
};

/**
 * The outcome of a quiet decision that the value bound to its subject settles;
 * `undefined` where somebody has to decide.
 *
 * @example Stock bound to `{"Reserved": …}` takes the arm `Reserved`
 */
export const settledOutcome = (coroutine: Coroutine, state: DecideState): string | undefined => {
  const value = state.subject === undefined ? undefined : coroutine.names.get(state.subject);
  const word = value && wordOf(value);
  return state.outcomes.find(({ outcome }) => outcome === word)?.outcome;
};
