import { describeOpenError, openStore } from "@parley/db";
import type { Host } from "@parley/runtime/host";

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

const describePortError = (cause: unknown, port: number, hostname: string): string => {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "EADDRINUSE") return `Port ${port} of ${hostname} is in use. Choose another with --port.`;
  if (code === "EACCES")
    return `Port ${port} may not be used by this user. Choose one above 1023 with --port.`;
  return `Port ${port} of ${hostname} cannot be used: ${String(cause)}.`;
};

/**
 * Store, host, HTTP: the whole server. Refuses (with a code and a reason) a
 * folder that another process holds, a database of a newer version, a port
 * that is taken.
 */
export const startStudio = async (options: StudioOptions): Promise<StudioResult> => {
  // The store's thread opens the database while this one loads everything else.
  const [opened, { openHost, serveHost }] = await Promise.all([
    openStore({ folder: options.folder, ...(options.readonly ? { readonly: true } : {}) }),
    import("./serve-host.ts"),
  ]);
  if (!opened.ok) return { ok: false, code: opened.error.kind, reason: describeOpenError(opened.error) };
  const { store } = opened;
  let host: Host | undefined;
  try {
    host = await openHost(store, options);
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
