import type { Host } from "@parley/runtime/host";
import { healthSchema } from "@parley/wire/http";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { Api } from "./http/api.ts";
import { mount } from "./http/endpoint.ts";
import { answerUnrouted } from "./http/known-paths.ts";
import { limitBody } from "./http/limit-body.ts";
import { createMetrics } from "./http/metrics.ts";
import { openapi } from "./http/openapi.ts";
import { ownAddress } from "./http/own-address.ts";
import { httpProblem, thrownProblem } from "./http/problem.ts";
import { liveRoutes } from "./live/routes.ts";
import { admissionRoutes } from "./routes/admission.ts";
import { authorityRoutes } from "./routes/authorities.ts";
import { ceremonyRoutes } from "./routes/ceremonies.ts";
import { compositionRoutes } from "./routes/compositions.ts";
import { contextRoutes } from "./routes/contexts.ts";
import { debuggingRoutes } from "./routes/debugging.ts";
import { executionRoutes } from "./routes/execution.ts";
import { migrationRoutes } from "./routes/migrations.ts";
import { ownershipRoutes } from "./routes/ownership.ts";
import { protocolRoutes } from "./routes/protocols.ts";
import { receiptRoutes } from "./routes/receipts.ts";
import { reconfigurationRoutes } from "./routes/reconfiguration.ts";
import { scenarioRoutes } from "./routes/scenarios.ts";
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
  /** Aborted when the server stops: live streams end, connections are no longer kept. */
  readonly stopping?: AbortSignal;
  /** Tells the log of a bug; the caller gets a problem without its details. */
  readonly onError: (error: Error, path: string) => void;
}

const guard = (app: Hono, { hosts, stopping }: AppOptions): void => {
  app.use("*", ownAddress(hosts ?? []));
  app.use("*", secureHeaders({ crossOriginEmbedderPolicy: false }));
  app.use("*", async (c, next) => {
    await next();
    if (stopping?.aborted) c.res.headers.set("connection", "close");
  });
};

const bodyLimit = limitBody(
  (path) =>
    path === "/api/sessions/import" ? { bytes: IMPORT_LIMIT, streamed: true } : { bytes: BODY_LIMIT },
  (c, limit) => httpProblem(c, "body-too-large", `At most ${limit} bytes are read here.`, { limit }),
);

const health = (api: Api, { host, version, writable }: AppOptions): void =>
  mount(api, {
    method: "get",
    path: "/api/health",
    operation: "health",
    summary: "Is it there, and can it write",
    answer: healthSchema,
    handle: async () => {
      const lastCommit = await host.lastCommit();
      return {
        ok: true,
        value: { ok: true, version, semantics: host.semantics, lastCommit, writable, runsOn: host.runsOn },
      };
    },
  });

/** The documentation, made once when it is first asked for. */
const documentation = ({ app, routes }: Api, version: string): void => {
  const summary = "This document";
  routes.push({
    method: "get",
    path: "/api/openapi.json",
    operation: "openapi",
    summary,
    status: 200,
    gives: "application/json",
  });
  let text: string | undefined;
  app.get("/api/openapi.json", (c) => {
    text ??= JSON.stringify(openapi(routes, version));
    return c.body(text, 200, { "content-type": "application/json; charset=utf-8" });
  });
};

/**
 * The HTTP interface over one host: routes of design §4, documented in
 * `/api/openapi.json`. Needs no socket: `app.request("/api/health")` works.
 */
export const createApp = (options: AppOptions): Hono => {
  const { host, stopping = new AbortController().signal } = options;
  const app = new Hono();
  const api: Api = { app, routes: [] };
  const metrics = createMetrics();
  host.subscribe(() => metrics.entries.inc());

  guard(app, options);
  app.use("/api/*", metrics.observe);
  app.use("/api/*", bodyLimit);
  protocolRoutes(api, host);
  admissionRoutes(api, host);
  scenarioRoutes(api, host);
  transferRoutes(api, host);
  sessionRoutes(api, host);
  debuggingRoutes(api, host);
  executionRoutes(api, host);
  authorityRoutes(api, host);
  contextRoutes(api, host);
  ceremonyRoutes(api, host);
  migrationRoutes(api, host);
  compositionRoutes(api, host);
  receiptRoutes(api, host);
  ownershipRoutes(api, host);
  reconfigurationRoutes(api, host);
  liveRoutes(api, host, { gauge: metrics.live, stopping });
  health(api, options);
  api.routes.push({
    method: "get",
    path: "/metrics",
    operation: "metrics",
    summary: "Counters in the Prometheus text form",
    status: 200,
    gives: "text/plain",
  });
  app.get("/metrics", async (c) =>
    c.body(await metrics.registry.metrics(), 200, { "content-type": metrics.registry.contentType }),
  );
  documentation(api, options.version);
  app.all("/api/*", (c) => answerUnrouted(c, api.routes));
  app.notFound((c) => answerUnrouted(c, api.routes));
  app.onError((error, c) => {
    options.onError(error, c.req.path);
    return thrownProblem(c, error);
  });
  return app;
};
