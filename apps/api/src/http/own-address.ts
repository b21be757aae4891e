import type { MiddlewareHandler } from "hono";
import { httpProblem } from "./problem.ts";

const loopback = ["localhost", "127.0.0.1", "[::1]"];

const hostname = (host: string): string => host.replace(/:\d+$/, "");

/**
 * Refuses requests that do not name the studio's own address, and those a page
 * of another site sends: without this any page could drive a local server.
 */
export const ownAddress =
  (extraHosts: readonly string[]): MiddlewareHandler =>
  async (c, next) => {
    const allowed = [...loopback, ...extraHosts];
    const host = c.req.header("host") ?? "";
    if (!allowed.includes(hostname(host)))
      return httpProblem(c, "foreign-host", `The request names ${host || "no host"}.`);
    const origin = c.req.header("origin");
    if (origin !== undefined && !allowed.includes(hostname(origin.replace(/^https?:\/\//, "")))) {
      return httpProblem(c, "foreign-origin", `The request comes from ${origin}.`);
    }
    return next();
  };
