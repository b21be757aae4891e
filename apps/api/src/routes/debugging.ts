import { done, type Host } from "@parley/runtime/host";
import {
  causesSchema,
  compareModeSchema,
  comparisonSchema,
  searchProgressSchema,
  searchRequestSchema,
  searchResultSchema,
  watchSchema,
  whySchema,
} from "@parley/wire/http";
import { z } from "zod";
import type { Api } from "../http/api.ts";
import { mount } from "../http/endpoint.ts";
import { wholeNumber } from "../http/whole-number.ts";

const ask = (api: Api, host: Host): void => {
  mount(api, {
    method: "get",
    path: "/api/sessions/{id}/watch",
    operation: "watchSession",
    summary: "What expressions are worth at a position",
    query: z.object({ at: wholeNumber.optional(), expr: z.array(z.string().max(2000)).min(1) }),
    lists: ["expr"],
    answer: watchSchema,
    handle: ({ params, query }) => host.watch(params.id ?? "", query.at, query.expr),
  });
  mount(api, {
    method: "get",
    path: "/api/sessions/{id}/causes",
    operation: "causesOf",
    summary: "What had to happen for an event",
    query: z.object({ seq: wholeNumber, index: wholeNumber.default(0) }),
    answer: causesSchema,
    handle: ({ params, query }) => host.causes(params.id ?? "", query.seq, query.index),
  });
  mount(api, {
    method: "get",
    path: "/api/sessions/{id}/why",
    operation: "whyBlocked",
    summary: "Why a role stands still, down to events and inputs",
    query: z.object({ role: z.string().max(1000), at: wholeNumber.optional() }),
    answer: whySchema,
    handle: ({ params, query }) => host.why(params.id ?? "", query.role, query.at),
  });
  mount(api, {
    method: "get",
    path: "/api/sessions/{id}/compare",
    operation: "compareSessions",
    summary: "Where two sessions part",
    query: z.object({ with: z.string().max(128), mode: compareModeSchema.default("moduloEffects") }),
    answer: comparisonSchema,
    handle: ({ params, query }) => host.compare(params.id ?? "", query.with, query.mode),
  });
};

const searching = (api: Api, host: Host): void => {
  const path = "/api/sessions/{id}/search";
  mount(api, {
    method: "post",
    path,
    operation: "searchSession",
    summary: "Explore runs from a position for a state in which a goal holds; nothing is written",
    body: searchRequestSchema,
    answer: searchResultSchema,
    handle: ({ params, body }) => host.search(params.id ?? "", body),
  });
  mount(api, {
    method: "get",
    path,
    operation: "searchProgress",
    summary: "How far the search of a session is",
    answer: searchProgressSchema,
    handle: async ({ params }) => done(host.searchProgress(params.id ?? "")),
  });
  mount(api, {
    method: "delete",
    path,
    operation: "cancelSearch",
    summary: "End the search of a session",
    status: 204,
    handle: async ({ params }) => host.cancelSearch(params.id ?? ""),
  });
};

/** Questions about the history of sessions. */
export const debuggingRoutes = (api: Api, host: Host): void => {
  ask(api, host);
  searching(api, host);
};
