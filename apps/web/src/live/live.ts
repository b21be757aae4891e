import type { LiveEvent } from "@parley/wire/http";
import { useEffect } from "react";
import { create } from "zustand";
import { keys, queryClient } from "../api/query-client.ts";
import type { Connection, FromWorker, ToWorker } from "./live-protocol.ts";
import { LiveSource } from "./live-source.ts";

interface LiveState {
  readonly connection: Connection;
  /** When the last sign of life came, in ms. */
  readonly lastAt: number;
}

/** The state of the connection, for the chip in the top bar. */
export const useConnection = create<LiveState>(() => ({
  connection: { state: "connecting" },
  lastAt: Date.now(),
}));

type Listener = (event: LiveEvent) => void;
const listeners = new Set<Listener>();
const resyncs = new Set<() => void>();
const topics = new Map<string, number>([
  ["protocols", 1],
  ["sessions", 1],
]);

/** The queries whose answer an event may change. */
const madeStale = ({ kind, stream, entry }: LiveEvent): readonly (readonly string[])[] => {
  switch (kind) {
    case "session":
      return [keys.sessions, keys.ownership(stream), keys.compositions];
    // What a ceremony stands on is made of journals.
    case "authority":
      return [keys.authorities, keys.authority(stream), keys.ceremonies];
    case "context":
      return [keys.contexts, keys.context(stream), keys.ceremonies];
    case "workspace":
      return [
        keys.sessions,
        keys.protocols,
        keys.ceremonies,
        keys.reconfiguration,
        ["ownership"],
        keys.migrations,
        keys.compositions,
        // A session's view says how its ceremony stands.
        ...(String(entry.input.kind).startsWith("ceremony.") ? [["session"]] : []),
      ];
  }
};

/** A run appends thousands of entries a second; what they make stale is read again a few times a second. */
const GATHER_MS = 200;
const stale = new Map<string, readonly string[]>();

const invalidateSoon = (queryKey: readonly string[]): void => {
  if (stale.size === 0)
    setTimeout(() => {
      const keysNow = [...stale.values()];
      stale.clear();
      for (const key of keysNow) void queryClient.invalidateQueries({ queryKey: key });
    }, GATHER_MS);
  stale.set(queryKey.join(" "), queryKey);
};

const receive = (message: FromWorker): void => {
  if (message.kind === "connection")
    useConnection.setState({ connection: message.connection, lastAt: Date.now() });
  else if (message.kind === "resync") {
    void queryClient.invalidateQueries();
    for (const resync of resyncs) resync();
  } else {
    useConnection.setState({ lastAt: Date.now() });
    for (const listener of listeners) listener(message.event);
    for (const key of madeStale(message.event)) invalidateSoon(key);
  }
};

const connect = (): ((message: ToWorker) => void) => {
  if (typeof SharedWorker === "undefined") {
    // Few browsers: this page then holds a stream of its own.
    const source = new LiveSource(receive);
    return (message) => source.setTopics(message.kind === "topics" ? message.topics : []);
  }
  const worker = new SharedWorker(new URL("./live-worker.ts", import.meta.url), {
    type: "module",
    name: "parley-live",
  });
  worker.port.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => receive(data));
  worker.port.start();
  addEventListener("pagehide", () => worker.port.postMessage({ kind: "bye" } satisfies ToWorker));
  addEventListener("pageshow", (event: PageTransitionEvent) => event.persisted && announce());
  return (message) => worker.port.postMessage(message);
};

let send: ((message: ToWorker) => void) | undefined;
const announce = (): void => send?.({ kind: "topics", topics: [...topics.keys()] });

/** Opens the live channel of this page; once, at start. */
export const startLive = (): void => {
  if (send) return;
  send = connect();
  announce();
};

/** Asks for a topic until the returned function is called. */
const want = (topic: string): (() => void) => {
  topics.set(topic, (topics.get(topic) ?? 0) + 1);
  announce();
  return () => {
    const left = (topics.get(topic) ?? 1) - 1;
    if (left === 0) topics.delete(topic);
    else topics.set(topic, left);
    announce();
  };
};

/** Keeps queries of a topic fresh while the component is mounted: `authority:ada`, `contexts`. */
export const useTopic = (topic: string): void => useEffect(() => want(topic), [topic]);

/**
 * Hears every durable entry of a session, in order, until the returned
 * function is called. `resync` is called when entries may have been missed.
 */
export const watchSession = (id: string, listener: Listener, resync: () => void): (() => void) => {
  const own: Listener = (event) => {
    if (event.kind === "session" && event.stream === id) listener(event);
  };
  listeners.add(own);
  resyncs.add(resync);
  const leave = want(`session:${id}`);
  return () => {
    listeners.delete(own);
    resyncs.delete(resync);
    leave();
  };
};
