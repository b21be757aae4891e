import type { OwnerScope } from "@parley/wire";

export const sessionScope: OwnerScope = { kind: "session" };

/** A scope of fragments; order and repetition of the keys do not matter. */
export const fragmentScope = (keys: Iterable<string>): OwnerScope => ({
  kind: "fragments",
  keys: [...new Set(keys)].sort(),
});

export const sameScope = (one: OwnerScope, other: OwnerScope): boolean => showScope(one) === showScope(other);

/** `session`, or the keys of its fragments. */
export const showScope = (scope: OwnerScope): string =>
  scope.kind === "session" ? "session" : `fragments ${scope.keys.join(", ")}`;
