import type { AuthorityInput, TokenRecord } from "@parley/wire";
import { emptyMap, entriesIn, getFrom, type PersistentMap, putInto } from "./persistent-map.ts";

/** A token as an authority's stream keeps it. */
export interface KeptToken {
  readonly record: TokenRecord;
  /** Seq of the entry that issued it. */
  readonly seq: number;
}

/** What took a token away: its own revocation, or that of one it was made from. */
export interface Revocation {
  readonly token: string;
  readonly seq: number;
  readonly reason: string;
}

/** Which token a device presents, since which entry. */
export interface Presented {
  readonly token: string | undefined;
  readonly seq: number;
}

/** The tokens of an authority, what its devices present, and what was revoked. */
export interface TokenRecords {
  readonly tokens: PersistentMap<KeptToken>;
  readonly presented: { readonly [device: string]: Presented };
  /** Tokens of one context only, by device and context: they count beside the one presented. */
  readonly ofContext: PersistentMap<{ readonly tokens: readonly string[]; readonly seq: number }>;
  /** By revocation id of a block. */
  readonly revoked: PersistentMap<Revocation>;
}

export const noTokens: TokenRecords = {
  tokens: emptyMap(),
  presented: {},
  ofContext: emptyMap(),
  revoked: emptyMap(),
};

type TokenInput = Extract<
  AuthorityInput,
  { readonly kind: "token.issued" | "token.presented" | "token.revoked" }
>;

const place = (device: string, context: string): string => `${device} ${context}`;

/** One step of the fold; presenting or revoking what is not there changes nothing. */
export const foldToken = (records: TokenRecords, input: TokenInput, seq: number): TokenRecords => {
  switch (input.kind) {
    case "token.issued": {
      const { token } = input;
      const tokens = putInto(records.tokens, token.id, { record: token, seq });
      if (token.scope.kind !== "context") return { ...records, tokens };
      const key = place(token.device, token.scope.context);
      const known = getFrom(records.ofContext, key)?.tokens ?? [];
      const ofContext = putInto(records.ofContext, key, { tokens: [...known, token.id], seq });
      return { ...records, tokens, ofContext };
    }
    case "token.presented": {
      const presented = { token: input.token ?? undefined, seq };
      return { ...records, presented: { ...records.presented, [input.device]: presented } };
    }
    case "token.revoked": {
      const id = getFrom(records.tokens, input.token)?.record.revocationIds.at(-1);
      if (id === undefined) return records;
      const revocation = { token: input.token, seq, reason: input.reason };
      return { ...records, revoked: putInto(records.revoked, id, revocation) };
    }
  }
};

/** What took a token away, if anything did: any block's revocation takes all that stands on it. */
export const revocationOf = (
  records: TokenRecords,
  { revocationIds }: TokenRecord,
): Revocation | undefined => {
  for (const id of revocationIds) {
    const revocation = getFrom(records.revoked, id);
    if (revocation !== undefined) return revocation;
  }
  return undefined;
};

/** Seq of the entry that last changed what a token is worth; -1 for none. */
export const tokenVersion = (records: TokenRecords, id: string): number => {
  const kept = getFrom(records.tokens, id);
  if (kept === undefined) return -1;
  return Math.max(kept.seq, revocationOf(records, kept.record)?.seq ?? -1);
};

/** Seq of the entry that last changed which tokens count for a device in a context; -1 for none. */
export const frontierVersion = (records: TokenRecords, device: string, context: string): number =>
  Math.max(
    records.presented[device]?.seq ?? -1,
    getFrom(records.ofContext, place(device, context))?.seq ?? -1,
  );

/** The tokens that count for a device in a context: the one it presents, then those of that context. */
export const tokensFor = (records: TokenRecords, device: string, context: string): readonly KeptToken[] => {
  const presented = records.presented[device]?.token;
  const own = getFrom(records.ofContext, place(device, context))?.tokens ?? [];
  const ids = presented === undefined ? own : [presented, ...own.filter((id) => id !== presented)];
  return ids.flatMap((id) => getFrom(records.tokens, id) ?? []);
};

/** Every token, in order of issue. */
export const tokensInOrder = (records: TokenRecords): readonly KeptToken[] =>
  [...entriesIn(records.tokens)]
    .map(([, kept]) => kept)
    .sort((a, b) => a.seq - b.seq || (a.record.id < b.record.id ? -1 : 1));
