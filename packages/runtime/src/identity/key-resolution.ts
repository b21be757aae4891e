import type { PublicKey } from "@parley/wire";

/** What a trusted key speaks for (spec/aura-state.md §18). */
export type KeyDomain = "AuthorityThreshold" | "Device" | "Guardian" | "Release";

/** Whether a key may still verify. */
export type KeyStatus =
  | { readonly kind: "Active" }
  | { readonly kind: "Rotated"; readonly replacedByEpoch?: number }
  | { readonly kind: "Revoked"; readonly reason: string };

/** A key known from trusted state: a folded stream, never the message that is being verified. */
export interface TrustedKey {
  readonly domain: KeyDomain;
  readonly owner: string;
  readonly epoch: number;
  readonly key: PublicKey;
  readonly status: KeyStatus;
}

/** Why no key is given. */
export type KeyResolutionError =
  | { readonly code: "EmptyKey"; readonly owner: string }
  | { readonly code: "Unknown"; readonly domain: KeyDomain; readonly owner: string; readonly epoch?: number }
  | { readonly code: "Inactive"; readonly owner: string; readonly status: KeyStatus };

/** A key that may verify, or why there is none. */
export type KeyResolution =
  | { readonly ok: true; readonly key: TrustedKey }
  | { readonly ok: false; readonly error: KeyResolutionError };

/**
 * The key of an owner in a domain, at an epoch or the latest. What was rotated
 * or revoked is refused with its status.
 */
export const resolveKey = (
  trusted: readonly TrustedKey[],
  domain: KeyDomain,
  owner: string,
  epoch?: number,
): KeyResolution => {
  const own = trusted.filter(
    (one) => one.domain === domain && one.owner === owner && (epoch === undefined || one.epoch === epoch),
  );
  const latest = own.reduce<TrustedKey | undefined>(
    (best, one) => (best === undefined || one.epoch >= best.epoch ? one : best),
    undefined,
  );
  if (!latest) {
    const at = epoch === undefined ? {} : { epoch };
    return { ok: false, error: { code: "Unknown", domain, owner, ...at } };
  }
  if (latest.key === "") return { ok: false, error: { code: "EmptyKey", owner } };
  if (latest.status.kind !== "Active")
    return { ok: false, error: { code: "Inactive", owner, status: latest.status } };
  return { ok: true, key: latest };
};
