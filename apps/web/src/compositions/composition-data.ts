import type { CompositionLane } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";

export const useCompositions = () =>
  useQuery({ queryKey: keys.compositions, queryFn: () => api.compositions.list() });

export const useComposition = (id: string) =>
  useQuery({ queryKey: keys.composition(id), queryFn: () => api.compositions.get(id) });

export const compositionHref = (id: string): string => `/compositions/${encodeURIComponent(id)}`;

/** What a kind of composition does, in words. */
export const kindWords = {
  sequential: "one after the other",
  parallel: "side by side",
  program: "a program",
} as const;

type Tone = "ok" | "warn" | "bad" | undefined;

const laneTones: { readonly [state in CompositionLane["state"]]: Tone } = {
  waiting: undefined,
  running: "warn",
  completed: "ok",
  failed: "bad",
  cancelled: undefined,
  undoing: "warn",
  undone: undefined,
  notUndone: "bad",
};

export const laneTone = (state: CompositionLane["state"]): Tone => laneTones[state];

export const laneWords = (state: CompositionLane["state"]): string =>
  state === "notUndone" ? "not undone" : state === "undoing" ? "being undone" : state;

export const statusTone = (status: "running" | "completed" | "failed"): Tone =>
  status === "completed" ? "ok" : status === "failed" ? "bad" : "warn";
