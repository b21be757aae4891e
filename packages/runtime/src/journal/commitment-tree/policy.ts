import { type Hash, hashValue } from "@parley/wire";

/** How many of a branch's children must sign for it (spec/aura-state.md §20.1). */
export type TreePolicy =
  | { readonly kind: "any" }
  | { readonly kind: "threshold"; readonly m: number; readonly n: number }
  | { readonly kind: "all" };

export type PolicyError =
  | { readonly code: "PAR7751"; readonly variant: "InvalidThreshold"; readonly m: number; readonly n: number }
  | { readonly code: "PAR7752"; readonly variant: "EmptyChildSet" }
  | {
      readonly code: "PAR7753";
      readonly variant: "ChildCountMismatch";
      readonly expected: number;
      readonly actual: number;
    };

export const anyPolicy: TreePolicy = { kind: "any" };
export const allPolicy: TreePolicy = { kind: "all" };

/** `m` of `n`, where `1 ≤ m ≤ n`. */
export const thresholdPolicy = (
  m: number,
  n: number,
):
  | { readonly ok: true; readonly policy: TreePolicy }
  | { readonly ok: false; readonly error: PolicyError } =>
  Number.isSafeInteger(m) && Number.isSafeInteger(n) && m >= 1 && m <= n
    ? { ok: true, policy: { kind: "threshold", m, n } }
    : { ok: false, error: { code: "PAR7751", variant: "InvalidThreshold", m, n } };

/** The policy of a subtree of `n` leaves under a threshold, in its plainest form. */
export const subtreePolicy = (threshold: number, n: number): TreePolicy => {
  const m = Math.min(Math.max(threshold, 1), n);
  if (n === 1 || m === n) return allPolicy;
  return m === 1 ? anyPolicy : { kind: "threshold", m, n };
};

/** How many of so many children must sign. */
export const requiredSigners = (
  policy: TreePolicy,
  children: number,
): { readonly ok: true; readonly count: number } | { readonly ok: false; readonly error: PolicyError } => {
  if (children === 0) return { ok: false, error: { code: "PAR7752", variant: "EmptyChildSet" } };
  switch (policy.kind) {
    case "any":
      return { ok: true, count: 1 };
    case "all":
      return { ok: true, count: children };
    case "threshold":
      return policy.n === children
        ? { ok: true, count: policy.m }
        : {
            ok: false,
            error: { code: "PAR7753", variant: "ChildCountMismatch", expected: policy.n, actual: children },
          };
  }
};

const same = (one: TreePolicy, other: TreePolicy): boolean => showPolicy(one) === showPolicy(other);

const normal = (m: number, n: number): TreePolicy => (m >= n ? allPolicy : { kind: "threshold", m, n });

/**
 * The stricter of two: all absorbs, any gives way, of one size the greater
 * number, else the greater part, and of equal parts the smaller numbers.
 * Commutative, associative for one size, idempotent.
 */
export const meetPolicies = (one: TreePolicy, other: TreePolicy): TreePolicy => {
  if (same(one, other)) return one;
  if (one.kind === "all" || other.kind === "all") return allPolicy;
  if (one.kind === "any") return other;
  if (other.kind === "any") return one;
  if (one.n === other.n) return normal(Math.max(one.m, other.m), one.n);
  if (one.m >= one.n || other.m >= other.n) return allPolicy;
  const [left, right] = [one.m * other.n, other.m * one.n];
  const smaller = one.m < other.m || (one.m === other.m && one.n < other.n) ? one : other;
  const stricter = left === right ? smaller : left > right ? one : other;
  return normal(stricter.m, stricter.n);
};

const part = (policy: TreePolicy): number =>
  policy.kind === "all" ? 1 : policy.kind === "any" ? 0 : policy.m / policy.n;

/** Whether a policy asks for as much as another at least. */
export const atLeastAsStrict = (policy: TreePolicy, than: TreePolicy): boolean => part(policy) >= part(than);

/** `Any`, `2-of-3` or `All`. */
export const showPolicy = (policy: TreePolicy): string =>
  policy.kind === "threshold" ? `${policy.m}-of-${policy.n}` : policy.kind === "any" ? "Any" : "All";

export const policyHash = (policy: TreePolicy): Hash => hashValue("parley.policy/1", showPolicy(policy));
