import type { Caller, Result } from "@parley/runtime/host";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import { type Api, honoPath, type Method } from "./api.ts";
import { callerOf } from "./caller-of.ts";
import { hostProblem, httpProblem } from "./problem.ts";
import { readJson } from "./read-json.ts";

/** What a handler is given: everything parsed by its schema. */
export interface Asked<Query, Body> {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  readonly caller: Caller;
}

export interface Endpoint<Query, Body> {
  readonly method: Method;
  /** With `{id}` for parameters. */
  readonly path: string;
  /** The name of the operation in the documentation. */
  readonly operation: string;
  readonly summary: string;
  readonly query?: z.ZodType<Query>;
  /** Parameters of the query that may be given several times; they arrive as lists. */
  readonly lists?: readonly string[];
  readonly body?: z.ZodType<Body>;
  readonly answer?: z.ZodType;
  readonly status?: number;
  handle(asked: Asked<Query, Body>): Promise<Result<unknown>>;
}

/** A problem that names every field that does not fit. */
const invalid = (c: Context, error: z.ZodError, whole: string): Response => {
  const issues = error.issues.map(({ path, message }) => ({ path: path.map(String), message }));
  const words = issues.map(({ path, message }) => `${path.join(".") || whole}: ${message}`);
  return httpProblem(c, "invalid", words.join("; "), { issues });
};

const queryOf = (c: Context, lists: readonly string[]): Readonly<Record<string, unknown>> => {
  const all = c.req.queries();
  return { ...c.req.query(), ...Object.fromEntries(lists.map((name) => [name, all[name] ?? []])) };
};

/** What endpoints take that declare no query. */
const anyQuery = z.unknown();

const ask = async <Query, Body>(
  c: Context,
  endpoint: Endpoint<Query, Body>,
): Promise<Asked<Query, Body> | Response> => {
  const caller = callerOf(c);
  if (caller instanceof Response) return caller;
  const asked = { params: c.req.param() as Record<string, string>, caller };
  const query = (endpoint.query ?? anyQuery).safeParse(queryOf(c, endpoint.lists ?? []));
  if (!query.success) return invalid(c, query.error, "query");
  if (!endpoint.body) return { ...asked, query: query.data as Query, body: undefined as Body };
  const raw = await readJson(c);
  if ("refusal" in raw) return raw.refusal;
  const body = endpoint.body.safeParse(raw.value);
  if (!body.success) return invalid(c, body.error, "body");
  return { ...asked, query: query.data as Query, body: body.data };
};

/** A handler's result as an answer: refusals become problems, repeated answers say that they are. */
export const answerResult = (c: Context, result: Result<unknown>, status: number): Response => {
  if (!result.ok) return hostProblem(c, result.error);
  if (result.replayed) c.header("idempotency-replayed", "true");
  c.header("cache-control", "no-store");
  return status === 204 ? c.body(null, 204) : c.json(result.value as object, status as ContentfulStatusCode);
};

/** Registers one route with JSON bodies, and its documentation. */
export const mount = <Query = unknown, Body = undefined>(
  { app, routes }: Api,
  endpoint: Endpoint<Query, Body>,
): void => {
  const { method, path, operation, summary, query, body, answer, status = 200 } = endpoint;
  routes.push({ method, path, operation, summary, query, body, answer, status, keyed: method !== "get" });
  app.on(method.toUpperCase(), honoPath(path), async (c) => {
    const asked = await ask(c, endpoint);
    return asked instanceof Response ? asked : answerResult(c, await endpoint.handle(asked), status);
  });
};
