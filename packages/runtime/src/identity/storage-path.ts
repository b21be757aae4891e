/** Why a text is no storage path (spec/aura-state.md §14). */
export type StoragePathError =
  | "Empty"
  | "TraversalSegment"
  | "InvalidCharacters"
  | "InvalidWildcard"
  | "WildcardNotTerminal";

/** A normal storage path, or why there is none. */
export type StoragePathResult =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly error: StoragePathError };

const segmentError = (segment: string): StoragePathError | undefined => {
  if (segment === "." || segment === "..") return "TraversalSegment";
  if (/[\s\p{Cc}]/u.test(segment)) return "InvalidCharacters";
  return segment.includes("*") && segment !== "*" ? "InvalidWildcard" : undefined;
};

/**
 * Normalises a path: no outer blanks, no empty segments, `*` at most once and
 * only at the end.
 *
 * @example parseStoragePath("a//b/") // { ok: true, path: "a/b" }
 */
export const parseStoragePath = (text: string): StoragePathResult => {
  const segments = text
    .trim()
    .split("/")
    .filter((segment) => segment !== "");
  if (segments.length === 0) return { ok: false, error: "Empty" };
  for (const segment of segments) {
    const error = segmentError(segment);
    if (error !== undefined) return { ok: false, error };
  }
  if (segments.slice(0, -1).includes("*")) return { ok: false, error: "WildcardNotTerminal" };
  return { ok: true, path: segments.join("/") };
};

/**
 * Whether a normal path covers another: the same one, or, ending in `/*`, the
 * path before it and all below.
 */
export const storagePathCovers = (path: string, other: string): boolean => {
  if (path === "*") return true;
  if (!path.endsWith("/*")) return path === other;
  const base = path.slice(0, -2);
  return other === base || other.startsWith(`${base}/`);
};
