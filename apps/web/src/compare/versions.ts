import type { ProtocolDetail, VersionDetail } from "@parley/wire/http";
import type { ComparedText } from "./compare.ts";

/** What can be compared: a saved version, or the draft as it is on the server. */
export interface Comparable extends ComparedText {
  /** The version's id, or `draft`. */
  readonly id: string;
  readonly title: string;
  readonly saved: boolean;
}

export const DRAFT = "draft";

/** Versions newest first, the draft before them while it differs from the newest. */
export const comparables = (
  protocol: ProtocolDetail,
  versions: readonly VersionDetail[],
): readonly Comparable[] => {
  const named = versions.map(({ version, label, source, imports }, index) => ({
    id: version,
    title: label ?? `Version ${versions.length - index}`,
    source,
    imports,
    saved: true,
  }));
  // The same text saved twice is one version; its latest name counts.
  const saved = named.filter(({ id }, index) => named.findIndex((one) => one.id === id) === index);
  if (saved[0]?.source === protocol.source) return saved;
  // What the draft would import is what its newest version does, as far as that is known.
  const imports = saved[0]?.imports ?? [];
  return [{ id: DRAFT, title: "The draft", source: protocol.source, imports, saved: false }, ...saved];
};

/** Finds a version by its id or the beginning of it. */
const find = (all: readonly Comparable[], id: string | undefined): Comparable | undefined =>
  id === undefined
    ? undefined
    : all.find((one) => one.id === id || (id.length >= 8 && one.id.startsWith(id)));

/** The two that are compared: as asked for, else the newest with the one before it. */
export const pairOf = (
  all: readonly Comparable[],
  from: string | undefined,
  to: string | undefined,
): { readonly old: Comparable; readonly new: Comparable } | undefined => {
  const now = find(all, to) ?? all.find((one) => one.id !== find(all, from)?.id);
  if (now === undefined) return undefined;
  const old = find(all, from) ?? all[all.indexOf(now) + 1] ?? all.find((one) => one.id !== now.id);
  return old === undefined ? undefined : { old, new: now };
};
