import { isIP } from "node:net";
import type { MiddlewareHandler } from "hono";
import { httpProblem } from "./problem.ts";

const loopback = ["localhost", "127.0.0.1", "[::1]"];
const wildcards = ["0.0.0.0", "::", "[::]"];

/** The name in `name:port`, in lower case. */
const nameOf = (host: string): string => host.replace(/:\d+$/, "").toLowerCase();

const isAddress = (name: string): boolean => isIP(name.replace(/^\[(.*)\]$/, "$1")) !== 0;

/** `http://name:port` → `name:port`; `null` and everything else is no origin of ours. */
const hostOf = (origin: string): string | undefined => /^https?:\/\/([^/]+)$/.exec(origin)?.[1];

/**
 * Refuses requests that do not name the studio's own address (a foreign name
 * that resolves to it, as in DNS rebinding), and those a page of another
 * origin sends: without this any page could drive a local server. Where the
 * studio listens on every interface, addresses are taken as they come: only a
 * name can be rebound.
 */
export const ownAddress = (extraHosts: readonly string[]): MiddlewareHandler => {
  const allowed = new Set([...loopback, ...extraHosts.map(nameOf)]);
  const anyAddress = extraHosts.some((host) => wildcards.includes(host));
  return async (c, next) => {
    const host = c.req.header("host") ?? new URL(c.req.url).host;
    const name = nameOf(host);
    if (!allowed.has(name) && !(anyAddress && isAddress(name)))
      return httpProblem(c, "foreign-host", `The request names ${host || "no host"}.`);
    const origin = c.req.header("origin");
    if (origin !== undefined && hostOf(origin)?.toLowerCase() !== host.toLowerCase())
      return httpProblem(c, "foreign-origin", `The request comes from ${origin}.`);
    return next();
  };
};
