import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { hostname as machineName } from "node:os";
import { serve } from "@hono/node-server";
import type { OpenedStore } from "@parley/db";
import { loadBiscuitTokens, openKeyStore, systemClock, systemRandom } from "@parley/node";
import { createHost, type Host, type HostTesting } from "@parley/runtime/host";
import { pino } from "pino";
import { createApp } from "../app.ts";
import { driveTimers } from "./drive-timers.ts";
import { seeds } from "./seeds.ts";
import { type Studio, type StudioOptions, VERSION } from "./studio.ts";
import { serveWeb } from "./web.ts";

/** Longest a stopping server waits for open requests before it cuts them; event streams never end by themselves. */
const DRAIN_MS = 2_000;

const log = pino({ level: process.env.PARLEY_LOG ?? "warn" }, pino.destination(2));

const listen = (
  fetch: Parameters<typeof serve>[0]["fetch"],
  port: number,
  hostname: string,
): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname }, () => resolve(server as Server));
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

/** A label is one short word; anything else is cut to it. */
const backendAsked = (label: string | undefined): { readonly backend?: string } => {
  const word = label?.trim().slice(0, 64) ?? "";
  return word === "" ? {} : { backend: word };
};

/** Failures that only tests ask for, by a list of names; nothing of it without. */
const testingAsked = (list: string | undefined): { readonly testing?: HostTesting } => {
  const names = (list ?? "").split(",").map((name) => name.trim());
  return names.includes("failing-migrations") ? { testing: { failingMigrations: true } } : {};
};

/** A host over an opened store, with the key store of its data folder; one that is only read makes no keys. */
export const openHost = async (
  store: OpenedStore,
  { folder, readonly }: Pick<StudioOptions, "folder" | "readonly">,
): Promise<Host> =>
  createHost({
    ...(readonly ? {} : { keys: openKeyStore(folder), tokens: await loadBiscuitTokens() }),
    store,
    drafts: store,
    clock: systemClock,
    random: systemRandom,
    ...backendAsked(process.env.CHOREO_BACKEND),
    ...testingAsked(process.env.PARLEY_TESTING),
    seed: seeds(),
    yield: () => new Promise((resolve) => setImmediate(resolve)),
  });

/** Serves a host until it is stopped. */
export const serveHost = async (options: StudioOptions, store: OpenedStore, host: Host): Promise<Studio> => {
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
  const timers = options.readonly
    ? undefined
    : driveTimers(host, systemClock, (cause) => log.error({ err: cause }, "timers could not be fired"));
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    stopping.abort();
    timers?.stop();
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
