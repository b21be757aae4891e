import { type OpenAPIHono, z } from "@hono/zod-openapi";
import { type Caller, operator, type Result } from "@parley/runtime/host";
import { problemSchema } from "@parley/wire/http";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { hostProblem, httpProblem } from "./problem.ts";

type Method = "get" | "post" | "put" | "patch" | "delete";

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
  readonly summary: string;
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
  readonly answer?: z.ZodType;
  readonly status?: number;
  handle(asked: Asked<Query, Body>): Promise<Result<unknown>>;
}

/** Longest text of an idempotency key. */
const KEY_LIMIT = 200;

const callerOf = (c: Context): Caller => {
  const key = c.req.header("idempotency-key");
  return key === undefined ? operator : { ...operator, key: key.slice(0, KEY_LIMIT) };
};

const issues = (error: z.ZodError): string =>
  error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`).join("; ");

/** The JSON body, or the refusal. An absent body counts as `{}`. */
const readBody = async (c: Context): Promise<{ value: unknown } | { refusal: Response }> => {
  const text = await c.req.text();
  if (text === "") return { value: {} };
  const type = c.req.header("content-type") ?? "";
  if (!/^application\/json\b/i.test(type)) {
    return { refusal: httpProblem(c, "not-json", `The body came as ${type || "nothing named"}.`) };
  }
  try {
    return { value: JSON.parse(text) };
  } catch (cause) {
    return { refusal: httpProblem(c, "malformed-json", String(cause)) };
  }
};

const document = <Query, Body>(app: OpenAPIHono, endpoint: Endpoint<Query, Body>): void => {
  const names = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  const status = endpoint.status ?? 200;
  app.openAPIRegistry.registerPath({
    method: endpoint.method,
    path: endpoint.path,
    summary: endpoint.summary,
    request: {
      params: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))),
      ...(endpoint.query ? { query: endpoint.query as unknown as z.ZodObject } : {}),
      ...(endpoint.body ? { body: { content: { "application/json": { schema: endpoint.body } } } } : {}),
    },
    responses: {
      [status]: {
        description: "Done",
        ...(endpoint.answer ? { content: { "application/json": { schema: endpoint.answer } } } : {}),
      },
      default: { description: "Refused", content: { "application/problem+json": { schema: problemSchema } } },
    },
  });
};

const ask = async <Query, Body>(
  c: Context,
  endpoint: Endpoint<Query, Body>,
): Promise<Asked<Query, Body> | Response> => {
  const asked = { params: c.req.param() as Record<string, string>, caller: callerOf(c) };
  const query = (endpoint.query ?? z.unknown()).safeParse(c.req.query());
  if (!query.success) return httpProblem(c, "invalid", issues(query.error), { issues: query.error.issues });
  if (!endpoint.body) return { ...asked, query: query.data as Query, body: undefined as Body };
  const raw = await readBody(c);
  if ("refusal" in raw) return raw.refusal;
  const body = endpoint.body.safeParse(raw.value);
  if (!body.success) return httpProblem(c, "invalid", issues(body.error), { issues: body.error.issues });
  return { ...asked, query: query.data as Query, body: body.data };
};

/** Registers one route and its documentation. Handlers answer a `Result`; refusals become problems. */
export const mount = <Query = unknown, Body = undefined>(
  app: OpenAPIHono,
  endpoint: Endpoint<Query, Body>,
): void => {
  document(app, endpoint);
  const status = endpoint.status ?? 200;
  app.on(endpoint.method.toUpperCase(), endpoint.path.replace(/\{(\w+)\}/g, ":$1"), async (c) => {
    const asked = await ask(c, endpoint);
    if (asked instanceof Response) return asked;
    const result = await endpoint.handle(asked);
    if (!result.ok) return hostProblem(c, result.error);
    if (result.replayed) c.header("idempotency-replayed", "true");
    c.header("cache-control", "no-store");
    return status === 204
      ? c.body(null, 204)
      : c.json(result.value as object, status as ContentfulStatusCode);
  });
};
