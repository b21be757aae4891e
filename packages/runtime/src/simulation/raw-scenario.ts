/** A scenario as TOML or JSON gives it. */
export interface RawScenario {
  readonly [key: string]: unknown;
}

const isTable = (value: unknown): value is RawScenario =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/** The place a step of a path means in a list: an index, or the id or name of a table. */
const indexOf = (list: readonly unknown[], step: string): number =>
  /^\d+$/.test(step)
    ? Number(step)
    : list.findIndex((item) => isTable(item) && (item.id === step || item.name === step));

/**
 * A copy with one value set: `network.loss_probability`,
 * `adversaries.burst.budget.total`, `families.Witness`. Tables on the way are
 * made; items of lists must be there. `undefined` when the path leads nowhere.
 */
export const setPath = (raw: RawScenario, path: string, value: unknown): RawScenario | undefined => {
  const steps = path.split(".");
  if (steps.some((step) => step === "" || step === "__proto__")) return undefined;
  const set = (at: unknown, depth: number): unknown => {
    const step = steps[depth];
    if (step === undefined) return value;
    if (Array.isArray(at)) {
      const index = indexOf(at, step);
      if (index < 0 || index >= at.length) return undefined;
      const item = set(at[index], depth + 1);
      return item === undefined ? undefined : at.map((old, i) => (i === index ? item : old));
    }
    if (at !== undefined && !isTable(at)) return undefined;
    const item = set(at?.[step], depth + 1);
    return item === undefined ? undefined : { ...at, [step]: item };
  };
  return set(raw, 0) as RawScenario | undefined;
};
