import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import { api } from "../../api/api.ts";
import type { EffectRow } from "./effect-rows.ts";

/** Entries asked for at once. */
const PAGE = 2_000;

interface Read {
  readonly rows: readonly EffectRow[];
  /** The first position that has not been read. */
  readonly from: number;
}

const nothing: Read = { rows: [], from: 0 };

const keyOf = (id: string) => ["session", id, "effects"] as const;

/**
 * The effects of a session up to its head. Entries never change, so each is
 * asked for once and what was read is kept while the page is open; a growing
 * log is read on at its end.
 */
export const useEffects = (id: string, head: number) => {
  const client = useQueryClient();
  const [read, setRead] = useState<Read>(() => client.getQueryData<Read>(keyOf(id)) ?? nothing);
  const [error, setError] = useState<unknown>();
  const { from } = read;
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks for the same once more.
  useEffect(() => {
    if (from > head) return;
    let left = false;
    api.sessions.effects(id, from, PAGE).then(
      ({ items, head: last }) => {
        if (left) return;
        setError(undefined);
        setRead((before) => {
          if (before.from !== from) return before;
          const next = {
            rows: items.length === 0 ? before.rows : [...before.rows, ...items],
            from: Math.min(from + PAGE, last + 1),
          };
          client.setQueryData(keyOf(id), next);
          return next;
        });
      },
      (cause: unknown) => !left && setError(cause),
    );
    return () => {
      left = true;
    };
  }, [id, from, head, attempt, client]);
  const retry = useCallback(() => setAttempt((before) => before + 1), []);
  return useMemo(
    () => ({ rows: read.rows, done: from > head, read: Math.min(from, head + 1), error, retry }),
    [read.rows, from, head, error, retry],
  );
};
