import type { EntryJson, SessionView } from "@parley/wire/http";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { useStore } from "zustand";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { watchSession } from "../live/live.ts";
import { toastProblem } from "../ui/toast.tsx";
import { coalesce } from "./coalesce.ts";
import { gather } from "./gather.ts";
import { DRAWN_ENTRIES } from "./live-picture.ts";
import { createSessionLog, type SessionLog } from "./session-log.ts";
import { isPast, type Place, shownAt } from "./timeline-model.ts";

export interface SessionData {
  readonly id: string;
  readonly log: SessionLog;
  /** The present. */
  readonly head: SessionView;
  /** The position shown: of the past, or the present. */
  readonly view: SessionView;
  readonly place: Place;
  readonly past: boolean;
  /** An older picture stands in while the asked position is on its way. */
  readonly stale: boolean;
  /** The asked position could not be read. */
  readonly unread: { readonly error: unknown; readonly retry: () => void } | undefined;
  /** Entries drawn: the last few hundred up to the position. */
  readonly entries: readonly EntryJson[];
  readonly refresh: () => void;
}

export type SessionState =
  | { readonly state: "loading" }
  | { readonly state: "failed"; readonly error: unknown; readonly retry: () => void }
  | { readonly state: "ready"; readonly data: SessionData };

/** The run ends without an entry of its own, so its progress is asked for while it lasts. */
const RUN_POLL_MS = 400;

/** A run's entries arrive by the thousand a second and are taken in a few times a second. */
const INTAKE_MS = 80;

const useHead = (id: string) =>
  useQuery({
    queryKey: keys.session(id, undefined),
    queryFn: () => api.sessions.get(id),
    refetchInterval: ({ state }) => (state.data?.run?.state === "running" ? RUN_POLL_MS : false),
  });

/** Joins the live entries of a session to its log and keeps the present's view fresh. */
const useLiveLog = (id: string): { log: SessionLog; refresh: () => void } => {
  const client = useQueryClient();
  const log = useMemo(() => createSessionLog((from, limit) => api.sessions.log(id, from, limit)), [id]);
  const refresh = useMemo(
    () =>
      coalesce(() =>
        client.fetchQuery({
          queryKey: keys.session(id, undefined),
          queryFn: () => api.sessions.get(id),
          staleTime: 0,
        }),
      ),
    [client, id],
  );
  useEffect(() => {
    const intake = gather<EntryJson>(INTAKE_MS, (entries) => {
      log.put(entries);
      refresh();
    });
    const stop = watchSession(id, ({ entry }) => intake.add(entry), refresh);
    return () => {
      stop();
      intake.stop();
    };
  }, [id, log, refresh]);
  return { log, refresh };
};

/** The entries up to a position, back to the first hole; the same list while they are the same entries. */
const useDrawn = (log: SessionLog, version: number, position: number): readonly EntryJson[] => {
  const before = useRef<readonly EntryJson[]>([]);
  return useMemo(() => {
    void version;
    const found: EntryJson[] = [];
    for (let seq = position; seq >= 0 && seq > position - DRAWN_ENTRIES; seq -= 1) {
      const entry = log.at(seq);
      if (!entry) break;
      found.push(entry);
    }
    found.reverse();
    const same =
      found.length === before.current.length && found.every((entry, i) => entry === before.current[i]);
    if (!same) before.current = found;
    return before.current;
  }, [log, version, position]);
};

/** Everything the page of a session reads: the present, the position asked for, the log around it. */
export const useSessionData = (id: string, at: number | undefined): SessionState => {
  const { log, refresh } = useLiveLog(id);
  const headQuery = useHead(id);
  const head = headQuery.data;
  const known = useStore(log.store, (state) => state.head);
  const version = useStore(log.store, (state) => state.version);
  const last = Math.max(head?.head ?? 0, at === undefined ? 0 : known);
  const place = useMemo<Place>(() => ({ at, head: last }), [at, last]);
  const past = head !== undefined && isPast(place);
  const shown = shownAt(place);
  const pastQuery = useQuery({
    queryKey: keys.session(id, shown),
    queryFn: () => api.sessions.get(id, shown),
    enabled: past,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
  // The picture that was there stays, dimmed, until the asked one comes.
  const lastShown = useRef<SessionView>(undefined);
  const asked = past ? pastQuery.data : head;
  const view = asked ?? (head && lastShown.current);
  useEffect(() => {
    if (asked) lastShown.current = asked;
  }, [asked]);
  const ready = view !== undefined;
  useEffect(() => {
    if (ready) log.ensure(shown - DRAWN_ENTRIES, shown).catch(toastProblem);
  }, [log, shown, ready]);
  const position = view?.at ?? 0;
  const entries = useDrawn(log, version, position);
  const retry = useCallback(() => {
    void headQuery.refetch();
    if (past) void pastQuery.refetch();
  }, [headQuery.refetch, pastQuery.refetch, past]);
  const failure = (past ? pastQuery.error : null) ?? (head === undefined ? headQuery.error : null);
  if (failure && !view) return { state: "failed", error: failure, retry };
  if (!head || !view) return { state: "loading" };
  const stale = past && (asked === undefined || pastQuery.isPlaceholderData);
  const unread = stale && failure ? { error: failure, retry } : undefined;
  return { state: "ready", data: { id, log, head, view, place, past, stale, unread, entries, refresh } };
};
