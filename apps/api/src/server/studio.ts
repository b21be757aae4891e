import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { hostname as machineName } from "node:os";
import { serve } from "@hono/node-server";
import { describeOpenError, type OpenedStore, openStore } from "@parley/db";
import { systemClock, systemRandom } from "@parley/node";
import { createHost, type Host } from "@parley/runtime/host";
import { pino } from "pino";
import { createApp } from "../app.ts";
import { seeds } from "./seeds.ts";
import { serveWeb } from "./web.ts";

export const VERSION = "0.1.0";

export interface StudioOptions {
  /** The data folder. */
  readonly folder: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Loopback unless named otherwise. */
  readonly hostname?: string;
  /** The built web application; the interface alone is served without it. */
  readonly web?: string;
  readonly readonly?: boolean;
}

export interface Studio {
  readonly url: string;
  readonly host: Host;
  /** Stops taking requests, ends live streams, makes what was accepted durable, closes the store. Safe to repeat. */
  stop(): Promise<void>;
}

export type StudioResult =
  | { readonly ok: true; readonly studio: Studio }
  | { readonly ok: false; readonly code: string; readonly reason: string };

/** Longest a stopping server waits for open requests before it cuts them; event streams never end by themselves. */
const DRAIN_MS = 2_000;

const log = pino({ level: process.env.PARLEY_LOG ?? "warn" }, pino.destination(2));

const listen = (
  fetch: Parameters<typeof serve>[0]["fetch"],
  port: number,
  hostname: string,
): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname, overrideGlobalObjects: false }, () =>
      resolve(server as Server),
    );
    server.once("error", reject);
  });

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });

const describePortError = (cause: unknown, port: number, hostname: string): string => {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "EADDRINUSE") return `Port ${port} of ${hostname} is in use. Choose another with --port.`;
  if (code === "EACCES")
    return `Port ${port} may not be used by this user. Choose one above 1023 with --port.`;
  return `Port ${port} of ${hostname} cannot be used: ${String(cause)}.`;
};

const openHost = async (store: OpenedStore): Promise<Host> =>
  createHost({
    store,
    drafts: store,
    clock: systemClock,
    random: systemRandom,
    seed: seeds(),
    yield: () => new Promise((resolve) => setImmediate(resolve)),
  });

/** Serves a host until it is stopped. */
const serveHost = async (options: StudioOptions, store: OpenedStore, host: Host): Promise<Studio> => {
  const hostname = options.hostname ?? "127.0.0.1";
  const stopping = new AbortController();
  const app = createApp({
    host,
    version: VERSION,
    writable: !options.readonly,
    hosts: ownNames(hostname),
    stopping: stopping.signal,
    onError: (error, path) => log.error({ err: error, path }, "request failed"),
  });
  if (options.web) serveWeb(app, options.web);
  const server = await listen(app.fetch, options.port, hostname);
  const { port } = server.address() as AddressInfo;
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    stopping.abort();
    const drained = closeServer(server);
    await host.close();
    await drained;
    await store.close();
  };
  return { url: `http://${shownHost(hostname)}:${port}`, host, stop: () => (stopped ??= stop()) };
};

/** What a `Host` header may say of us; on every interface also the machine's own name. */
const ownNames = (bound: string): readonly string[] => {
  const name = bound.includes(":") ? `[${bound}]` : bound;
  return bound === "0.0.0.0" || bound === "::" ? [name, machineName()] : [name];
};

/** An address a browser takes: a wildcard is shown as loopback, IPv6 in brackets. */
const shownHost = (hostname: string): string => {
  if (hostname === "0.0.0.0" || hostname === "::") return "localhost";
  return hostname.includes(":") ? `[${hostname}]` : hostname;
};

/**
 * Store, host, HTTP: the whole server. Refuses (with a code and a reason) a
 * folder that another process holds, a database of a newer version, a port
 * that is taken.
 */
export const startStudio = async (options: StudioOptions): Promise<StudioResult> => {
  const opened = await openStore({ folder: options.folder, ...(options.readonly ? { readonly: true } : {}) });
  if (!opened.ok) return { ok: false, code: opened.error.kind, reason: describeOpenError(opened.error) };
  const { store } = opened;
  let host: Host | undefined;
  try {
    host = await openHost(store);
    return { ok: true, studio: await serveHost(options, store, host) };
  } catch (cause) {
    await host?.close();
    await store.close();
    if (host === undefined)
      return { ok: false, code: "host", reason: `The studio cannot start: ${String(cause)}` };
    const reason = describePortError(cause, options.port, options.hostname ?? "127.0.0.1");
    return { ok: false, code: "port", reason };
  }
};
