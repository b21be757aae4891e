/** What an owner may speak for: the whole session, or some of its fragments. Keys are sorted and distinct. */
export type OwnerScope =
  | { readonly kind: "session" }
  | { readonly kind: "fragments"; readonly keys: readonly string[] };

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
