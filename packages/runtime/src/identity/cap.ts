import type { PublicKey } from "@parley/wire";
import type { TokenPort } from "./token-port.ts";

/**
 * What somebody may do, as an element of the meet semilattice of
 * spec/aura-state.md §5: everything, nothing, or what one token allows.
 */
export type Cap =
  /** Everything: neutral in every meet. The reference's `top` is the empty token, which absorbs. */
  | { readonly kind: "top" }
  /** Nothing: absorbs. */
  | { readonly kind: "empty" }
  | {
      readonly kind: "token";
      readonly root: PublicKey;
      readonly bytes: string;
      /** One per block: a narrower token starts with the ids of the one it was made from. */
      readonly revocationIds: readonly string[];
    };

/** Why bytes are no capability. */
export type CapError =
  | { readonly code: "EmptyToken" }
  | { readonly code: "MissingRootKey" }
  | { readonly code: "InvalidRootKey"; readonly root: string }
  | { readonly code: "Deserialization"; readonly detail: string };

/** A capability, or why there is none. */
export type CapResult =
  | { readonly ok: true; readonly cap: Cap }
  | { readonly ok: false; readonly error: CapError };

export const topCap: Cap = { kind: "top" };
export const emptyCap: Cap = { kind: "empty" };

const bad = (error: CapError): CapResult => ({ ok: false, error });

/** Reads a token as a capability, its signatures verified against the root key. */
export const readCap = (tokens: TokenPort, bytes: string, root: string): CapResult => {
  if (bytes === "") return bad({ code: "EmptyToken" });
  if (root === "") return bad({ code: "MissingRootKey" });
  if (!/^[0-9a-f]{64}$/.test(root)) return bad({ code: "InvalidRootKey", root });
  const seen = tokens.inspect(bytes, root);
  if (!seen.ok) return bad({ code: "Deserialization", detail: seen.error.code });
  return { ok: true, cap: { kind: "token", root, bytes, revocationIds: seen.value.revocationIds } };
};

/** Whether `a` is a narrowing of `b`, or `b` itself. */
const narrows = (a: Cap & { kind: "token" }, b: Cap & { kind: "token" }): boolean =>
  a.root === b.root && b.revocationIds.every((id, at) => a.revocationIds[at] === id);

/**
 * The most that both allow: of two tokens the one that was made from the other,
 * and nothing when neither was. (The reference takes the one with more blocks,
 * whatever is in them.) Associative, commutative, idempotent; `top` is neutral.
 */
export const capMeet = (a: Cap, b: Cap): Cap => {
  if (a.kind === "top") return b;
  if (b.kind === "top") return a;
  if (a.kind === "empty" || b.kind === "empty") return emptyCap;
  if (narrows(a, b)) return a;
  return narrows(b, a) ? b : emptyCap;
};

/** Whether `a` allows no more than `b`. */
export const capAtMost = (a: Cap, b: Cap): boolean => sameCap(capMeet(a, b), a);

const sameCap = (a: Cap, b: Cap): boolean =>
  a.kind === b.kind && (a.kind !== "token" || b.kind !== "token" || (narrows(a, b) && narrows(b, a)));

/** Narrows a frontier; a narrowing that would leave nothing is refused. */
export const refineCap = (
  frontier: Cap,
  by: Cap,
): { readonly ok: true; readonly cap: Cap } | { readonly ok: false; readonly error: "EmptyFrontier" } => {
  const cap = capMeet(frontier, by);
  return cap.kind === "empty" ? { ok: false, error: "EmptyFrontier" } : { ok: true, cap };
};

/** How a capability is shown: never its bytes, which whoever holds may use. */
export const capText = (cap: Cap): string =>
  cap.kind === "token" ? `token(${cap.revocationIds.length} blocks, <redacted>)` : cap.kind;
