import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** Counters of one server; labels are routes and statuses, never ids of sessions. */
export const createMetrics = () => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: "parley_http_request_seconds",
    help: "Time to answer, by route and status",
    labelNames: ["method", "route", "status"],
    buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 2.5],
    registers: [registry],
  });
  const entries = new Counter({
    name: "parley_entries_total",
    help: "Entries made durable",
    registers: [registry],
  });
  const live = new Gauge({
    name: "parley_live_connections",
    help: "Open event streams",
    registers: [registry],
  });
  const observe: MiddlewareHandler = async (c, next) => {
    const stop = requests.startTimer({ method: c.req.method });
    await next();
    stop({ route: routePath(c), status: String(c.res.status) });
  };
  return { registry, entries, live, observe };
};

export type Metrics = ReturnType<typeof createMetrics>;
