import type { ContextView, Synced } from "@parley/wire/http";

/** What one run of anti-entropy moved. */
export interface SyncLine {
  readonly requester: string;
  readonly responder: string;
  readonly rounds: number;
  readonly bytes: number;
  readonly toRequester: number;
  readonly toResponder: number;
}

export const syncLine = (
  requester: string,
  responder: string,
  { rounds, bytes, toRequester, toResponder }: Synced,
): SyncLine => ({ requester, responder, rounds, bytes, toRequester, toResponder });

/**
 * Pairs to synchronise so that in each group every replica holds what any
 * holds: all with the first, then the first with all again but the last.
 */
export const syncPairs = (groups: ContextView["groups"]): readonly (readonly [string, string])[] =>
  groups.flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const there = others.map((other) => [first, other] as const);
    return [...there, ...there.slice(0, -1)];
  });
