import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { describeOpenError, openStore } from "@parley/db";
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
  /** Stops taking requests, makes what was accepted durable, closes the store. */
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

/**
 * Store, host, HTTP: the whole server. Refuses (with a code and a reason) a
 * folder that another process holds, a database of a newer version, a port
 * that is taken.
 */
export const startStudio = async (options: StudioOptions): Promise<StudioResult> => {
  const opened = await openStore({ folder: options.folder, ...(options.readonly ? { readonly: true } : {}) });
  if (!opened.ok) return { ok: false, code: opened.error.kind, reason: describeOpenError(opened.error) };
  const { store } = opened;
  const host = await createHost({
    store,
    drafts: store,
    clock: systemClock,
    random: systemRandom,
    seed: seeds(),
    yield: () => new Promise((resolve) => setImmediate(resolve)),
  });
  const hostname = options.hostname ?? "127.0.0.1";
  const app = createApp({
    host,
    version: VERSION,
    writable: !options.readonly,
    hosts: options.hostname ? [options.hostname] : [],
    onError: (error, path) => log.error({ err: error, path }, "request failed"),
  });
  if (options.web) serveWeb(app, options.web);
  try {
    const server = await listen(app.fetch, options.port, hostname);
    const { port } = server.address() as AddressInfo;
    const stop = async (): Promise<void> => {
      const drained = closeServer(server);
      await host.close();
      await drained;
      await store.close();
    };
    return { ok: true, studio: { url: `http://${hostname}:${port}`, host, stop } };
  } catch (cause) {
    await host.close();
    await store.close();
    return { ok: false, code: "port", reason: `Port ${options.port} cannot be used: ${String(cause)}` };
  }
};
