/** States that replicas join: associative, commutative, idempotent, with a least one (spec/aura-state.md §8). */
export interface JoinSemilattice<T> {
  readonly bottom: T;
  readonly join: (one: T, other: T) => T;
  readonly equal: (one: T, other: T) => boolean;
}

/** Constraints that are only ever tightened: meet obeys the same laws, with a greatest one that constrains nothing. */
export interface MeetSemilattice<T> {
  readonly top: T;
  readonly meet: (one: T, other: T) => T;
  readonly equal: (one: T, other: T) => boolean;
}

const sameNumber = (one: number, other: number): boolean => one === other;

export const maxNumber: JoinSemilattice<number> = { bottom: 0, join: Math.max, equal: sameNumber };
export const minNumber: MeetSemilattice<number> = {
  top: Number.MAX_SAFE_INTEGER,
  meet: Math.min,
  equal: sameNumber,
};

const sortedSet = (values: Iterable<string>): readonly string[] => [...new Set(values)].sort();
const sameList = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((value, index) => value === other[index]);

/** Sets as sorted lists, joined by union. */
export const unionSet: JoinSemilattice<readonly string[]> = {
  bottom: [],
  join: (one, other) => sortedSet([...one, ...other]),
  equal: sameList,
};

/** A set of what is allowed; `null` allows everything. Met by intersection. */
export const allowedSet: MeetSemilattice<readonly string[] | null> = {
  top: null,
  meet: (one, other) => {
    if (one === null || other === null) return one ?? other;
    return sortedSet(one.filter((value) => other.includes(value)));
  },
  equal: (one, other) => (one === null || other === null ? one === other : sameList(one, other)),
};

/** A set of what is required: the more, the tighter. */
export const requiredSet: MeetSemilattice<readonly string[]> = {
  top: [],
  meet: unionSet.join,
  equal: sameList,
};

/** Maps joined key by key. */
export const mapOf = <T>(values: JoinSemilattice<T>): JoinSemilattice<{ readonly [key: string]: T }> => ({
  bottom: {},
  join: (one, other) =>
    Object.fromEntries(
      sortedSet([...Object.keys(one), ...Object.keys(other)]).map((key) => [
        key,
        values.join(one[key] ?? values.bottom, other[key] ?? values.bottom),
      ]),
    ),
  equal: (one, other) =>
    sameList(sortedSet(Object.keys(one)), sortedSet(Object.keys(other))) &&
    Object.keys(one).every((key) => values.equal(one[key] ?? values.bottom, other[key] ?? values.bottom)),
});

/** Records met field by field. */
export const recordOf = <T extends { readonly [key: string]: unknown }>(
  fields: {
    readonly [K in keyof T]: MeetSemilattice<T[K]>;
  },
): MeetSemilattice<T> => {
  const keys = Object.keys(fields) as (keyof T)[];
  const build = (value: (key: keyof T) => unknown): T =>
    Object.fromEntries(keys.map((key) => [key, value(key)])) as T;
  return {
    top: build((key) => fields[key].top),
    meet: (one, other) => build((key) => fields[key].meet(one[key], other[key])),
    equal: (one, other) => keys.every((key) => fields[key].equal(one[key], other[key])),
  };
};
