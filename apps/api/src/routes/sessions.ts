import { done, type Host } from "@parley/runtime/host";
import {
  admissionReportSchema,
  authoritySchema,
  entryJsonSchema,
  forkRequestSchema,
  inputsRequestSchema,
  inputsResponseSchema,
  openSessionSchema,
  programsSchema,
  runRequestSchema,
  sessionSummarySchema,
  sessionViewSchema,
} from "@parley/wire/http";
import { z } from "zod";
import type { Api } from "../http/api.ts";
import { mount } from "../http/endpoint.ts";
import { wholeNumber } from "../http/whole-number.ts";

const filter = z.object({
  protocol: z.string().optional(),
  status: z.string().optional(),
  parent: z.string().optional(),
});

/** Entries of one page of the log. */
const PAGE_LIMIT = 5_000;

const open = (api: Api, host: Host): void => {
  mount(api, {
    method: "get",
    path: "/api/sessions",
    operation: "listSessions",
    summary: "Sessions, newest first",
    query: filter,
    answer: z.object({ items: z.array(sessionSummarySchema) }),
    handle: async ({ query }) =>
      done({
        items: await host.listSessions({
          ...(query.protocol ? { protocol: query.protocol } : {}),
          ...(query.status ? { status: query.status } : {}),
          ...(query.parent ? { parent: query.parent } : {}),
        }),
      }),
  });
  mount(api, {
    method: "post",
    path: "/api/admission",
    operation: "previewAdmission",
    summary: "What admission would say; nothing is written",
    body: openSessionSchema,
    answer: admissionReportSchema,
    handle: ({ body }) => host.admission(body),
  });
  mount(api, {
    method: "post",
    path: "/api/sessions",
    operation: "openSession",
    summary: "Open a session",
    body: openSessionSchema,
    answer: z.object({ session: sessionViewSchema, admission: admissionReportSchema }),
    status: 201,
    handle: ({ caller, body }) => host.openSession(caller, body),
  });
  mount(api, {
    method: "get",
    path: "/api/authorities",
    operation: "listAuthorities",
    summary: "The cast: who can sit in a seat",
    answer: z.object({ items: z.array(authoritySchema) }),
    handle: async () => done({ items: host.authorities() }),
  });
};

const look = (api: Api, host: Host): void => {
  mount(api, {
    method: "get",
    path: "/api/sessions/{id}",
    operation: "viewSession",
    summary: "The session at a position; its head when none is named",
    query: z.object({ at: wholeNumber.optional() }),
    answer: sessionViewSchema,
    handle: ({ params, query }) => host.view(params.id ?? "", query.at),
  });
  mount(api, {
    method: "get",
    path: "/api/sessions/{id}/programs",
    operation: "getPrograms",
    summary: "Each role's program",
    answer: programsSchema,
    handle: ({ params }) => host.programs(params.id ?? ""),
  });
  mount(api, {
    method: "get",
    path: "/api/sessions/{id}/log",
    operation: "readLog",
    summary: "Entries from a position on",
    query: z.object({
      from: wholeNumber.default(0),
      limit: wholeNumber.pipe(z.number().min(1).max(PAGE_LIMIT)).default(500),
    }),
    answer: z.object({ items: z.array(entryJsonSchema), head: z.number().int() }),
    handle: ({ params, query }) => host.log(params.id ?? "", query.from, query.limit),
  });
};

const act = (api: Api, host: Host): void => {
  mount(api, {
    method: "post",
    path: "/api/sessions/{id}/inputs",
    operation: "appendInputs",
    summary: "Up to 100 inputs, all or none",
    body: inputsRequestSchema,
    answer: inputsResponseSchema,
    handle: async ({ params, caller, body }) => {
      const result = await host.inputs(caller, params.id ?? "", body);
      return result.ok
        ? { ...result, value: { ...result.value, replayed: result.replayed === true } }
        : result;
    },
  });
  mount(api, {
    method: "post",
    path: "/api/sessions/{id}/run",
    operation: "startRun",
    summary: "Run on; progress is in the session",
    body: runRequestSchema,
    answer: z.object({ id: z.string() }),
    status: 202,
    handle: ({ params, caller, body }) => host.run(caller, params.id ?? "", body),
  });
  mount(api, {
    method: "delete",
    path: "/api/sessions/{id}/run",
    operation: "cancelRun",
    summary: "Stop a run between two entries",
    status: 204,
    handle: ({ params }) => host.cancelRun(params.id ?? ""),
  });
  mount(api, {
    method: "post",
    path: "/api/sessions/{id}/fork",
    operation: "forkSession",
    summary: "What if: a branch at a position",
    body: forkRequestSchema,
    answer: sessionViewSchema,
    status: 201,
    handle: ({ params, caller, body }) => host.fork(caller, params.id ?? "", body),
  });
};

/** Sessions: open, look, act. */
export const sessionRoutes = (api: Api, host: Host): void => {
  open(api, host);
  look(api, host);
  act(api, host);
};
