import type { Host } from "@parley/runtime/host";
import { effectStreamSchema, envelopeSchema, scheduleSchema } from "@parley/wire/http";
import { z } from "zod";
import type { Api } from "../http/api.ts";
import { mount } from "../http/endpoint.ts";
import { wholeNumber } from "../http/whole-number.ts";

/** Entries of one page of effects. */
const PAGE_LIMIT = 5_000;

/** How a session is run: its schedule, its envelope, and what it exchanged with its host. */
export const executionRoutes = (api: Api, host: Host): void => {
  mount(api, {
    method: "get",
    path: "/api/sessions/{id}/schedule",
    operation: "scheduleOf",
    summary: "Who runs next and why, who waits, and what the session is held to",
    query: z.object({ at: wholeNumber.optional() }),
    answer: scheduleSchema,
    handle: ({ params, query }) => host.schedule(params.id ?? "", query.at),
  });
  mount(api, {
    method: "get",
    path: "/api/sessions/{id}/envelope",
    operation: "envelopeOf",
    summary: "How a session that runs in waves compares with its canonical run",
    query: z.object({ at: wholeNumber.optional() }),
    answer: envelopeSchema,
    handle: ({ params, query }) => host.envelope(params.id ?? "", query.at),
  });
  mount(api, {
    method: "get",
    path: "/api/sessions/{id}/effects",
    operation: "effectsOf",
    summary: "What a session exchanged with its host, from a position on",
    query: z.object({
      from: wholeNumber.default(0),
      limit: wholeNumber.pipe(z.number().min(1).max(PAGE_LIMIT)).default(500),
    }),
    answer: effectStreamSchema,
    handle: ({ params, query }) => host.effects(params.id ?? "", query.from, query.limit),
  });
};
