import type { LinkedManifest } from "@parley/wire";
import { boundariesOfManifest } from "./link-boundary.ts";

/** Who holds one fragment of a session. */
export interface FragmentRecord {
  readonly session: string;
  readonly key: string;
  readonly owner: string;
  readonly protocol: string;
  readonly bundle?: string;
}

/** Fragments by session, then by key in order (spec/aura-runtime.md §10.5). */
export type FragmentRegistry = ReadonlyMap<string, ReadonlyMap<string, FragmentRecord>>;

export const emptyFragments: FragmentRegistry = new Map();

export type FragmentError =
  | {
      readonly code: "PAR8311";
      readonly variant: "OwnerConflict";
      readonly session: string;
      readonly key: string;
      readonly existing: string;
      readonly requested: string;
    }
  | {
      readonly code: "PAR8312";
      readonly variant: "OwnerMismatch";
      readonly session: string;
      readonly key: string;
      readonly existing: string;
      readonly requested: string;
    }
  | { readonly code: "PAR8313"; readonly variant: "SessionMissing"; readonly session: string };

export const fragmentErrorText = (error: FragmentError): string => {
  switch (error.variant) {
    case "OwnerConflict":
      return `fragment ${error.key} of session ${error.session} is held by ${error.existing}; ${error.requested} cannot claim it`;
    case "OwnerMismatch":
      return `fragment ${error.key} of session ${error.session} is held by ${error.existing}, not by ${error.requested}`;
    case "SessionMissing":
      return `session ${error.session} holds no fragment`;
  }
};

export type FragmentResult =
  | { readonly ok: true; readonly fragments: FragmentRegistry; readonly touched: readonly string[] }
  | { readonly ok: false; readonly error: FragmentError };

export const fragmentsOf = (registry: FragmentRegistry, session: string): readonly FragmentRecord[] => [
  ...(registry.get(session)?.values() ?? []),
];

const sorted = (records: Iterable<FragmentRecord>): ReadonlyMap<string, FragmentRecord> =>
  new Map([...records].sort((a, b) => (a.key < b.key ? -1 : 1)).map((record) => [record.key, record]));

/** The fragments of a manifest, claimed for one owner: all or none. Claiming again what one holds succeeds. */
export const claimManifest = (
  registry: FragmentRegistry,
  session: string,
  owner: string,
  manifest: LinkedManifest,
): FragmentResult => {
  const held = registry.get(session) ?? new Map<string, FragmentRecord>();
  const claimed = boundariesOfManifest(manifest).flatMap(({ bundle, fragments }) =>
    fragments.map((key): FragmentRecord => {
      const protocol = manifest.protocol_id;
      return { session, key, owner, protocol, ...(bundle === undefined ? {} : { bundle }) };
    }),
  );
  const taken = claimed
    .map(({ key }) => held.get(key))
    .find((one) => one !== undefined && one.owner !== owner);
  if (taken !== undefined)
    return {
      ok: false,
      error: {
        code: "PAR8311",
        variant: "OwnerConflict",
        session,
        key: taken.key,
        existing: taken.owner,
        requested: owner,
      },
    };
  const records = sorted([...new Map([...held, ...claimed.map((one) => [one.key, one] as const)]).values()]);
  return {
    ok: true,
    fragments: new Map(registry).set(session, records),
    touched: claimed.map(({ key }) => key),
  };
};

/** Hands every fragment of a session on; each must belong to `from`, and there must be one. */
export const transferFragments = (
  registry: FragmentRegistry,
  session: string,
  from: string,
  to: string,
): FragmentResult => {
  const held = fragmentsOf(registry, session);
  if (held.length === 0) return { ok: false, error: { code: "PAR8313", variant: "SessionMissing", session } };
  const foreign = held.find(({ owner }) => owner !== from);
  if (foreign !== undefined)
    return {
      ok: false,
      error: {
        code: "PAR8312",
        variant: "OwnerMismatch",
        session,
        key: foreign.key,
        existing: foreign.owner,
        requested: from,
      },
    };
  const moved = sorted(held.map((record) => ({ ...record, owner: to })));
  return { ok: true, fragments: new Map(registry).set(session, moved), touched: [...moved.keys()] };
};

/** Forgets some fragments of a session, or all of them. */
export const releaseFragments = (
  registry: FragmentRegistry,
  session: string,
  keys?: readonly string[],
): { readonly fragments: FragmentRegistry; readonly touched: readonly string[] } => {
  const held = fragmentsOf(registry, session);
  const gone = held.filter(({ key }) => keys === undefined || keys.includes(key));
  const kept = held.filter((record) => !gone.includes(record));
  const fragments = new Map(registry);
  if (kept.length === 0) fragments.delete(session);
  else fragments.set(session, sorted(kept));
  return { fragments, touched: gone.map(({ key }) => key) };
};
