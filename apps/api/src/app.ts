import { OpenAPIHono } from "@hono/zod-openapi";
import type { Host } from "@parley/runtime/host";
import { healthSchema } from "@parley/wire/http";
import { bodyLimit } from "hono/body-limit";
import { secureHeaders } from "hono/secure-headers";
import { mount } from "./http/endpoint.ts";
import { createMetrics } from "./http/metrics.ts";
import { ownAddress } from "./http/own-address.ts";
import { httpProblem } from "./http/problem.ts";
import { liveRoutes } from "./live/routes.ts";
import { protocolRoutes } from "./routes/protocols.ts";
import { sessionRoutes } from "./routes/sessions.ts";
import { transferRoutes } from "./routes/transfer.ts";

/** Limits of model §7. */
const BODY_LIMIT = 2 * 1024 * 1024;
const IMPORT_LIMIT = 256 * 1024 * 1024;

export interface AppOptions {
  readonly host: Host;
  readonly version: string;
  readonly writable: boolean;
  /** Host names besides loopback that may be used in `Host` and `Origin`. */
  readonly hosts?: readonly string[];
  readonly onError: (error: Error, path: string) => void;
}

/**
 * The HTTP interface over one host: routes of design §4, documented in
 * `/api/openapi.json`. Needs no socket: `app.request("/api/health")` works.
 */
export const createApp = (options: AppOptions): OpenAPIHono => {
  const { host } = options;
  const app = new OpenAPIHono();
  const metrics = createMetrics();
  host.subscribe(() => metrics.entries.inc());

  app.use("*", ownAddress(options.hosts ?? []));
  app.use("*", secureHeaders({ crossOriginEmbedderPolicy: false }));
  app.use("/api/*", metrics.observe);
  app.use("/api/*", (c, next) => {
    const maxSize = c.req.path === "/api/sessions/import" ? IMPORT_LIMIT : BODY_LIMIT;
    const onError = () =>
      httpProblem(c, "body-too-large", `At most ${maxSize} bytes are read here.`, { limit: maxSize });
    return bodyLimit({ maxSize, onError })(c, next);
  });

  protocolRoutes(app, host);
  transferRoutes(app, host);
  sessionRoutes(app, host);
  liveRoutes(app, host, metrics.live);
  mount(app, {
    method: "get",
    path: "/api/health",
    summary: "Is it there, and can it write",
    answer: healthSchema,
    handle: async () => ({
      ok: true,
      value: {
        ok: true,
        version: options.version,
        semantics: host.semantics,
        lastCommit: await host.lastCommit(),
        writable: options.writable,
      },
    }),
  });
  app.get("/metrics", async (c) =>
    c.body(await metrics.registry.metrics(), 200, { "content-type": metrics.registry.contentType }),
  );
  app.doc31("/api/openapi.json", { openapi: "3.1.0", info: { title: "Parley", version: options.version } });
  app.all("/api/*", (c) => httpProblem(c, "no-route", `${c.req.method} ${c.req.path}`));
  app.onError((error, c) => {
    options.onError(error, c.req.path);
    return httpProblem(c, "internal", "The request could not be answered.");
  });
  return app;
};
