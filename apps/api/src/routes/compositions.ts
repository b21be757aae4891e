import type { Host } from "@parley/runtime/host";
import {
  cancelCompositionSchema,
  compositionListSchema,
  compositionViewSchema,
  startCompositionSchema,
  stepCompositionSchema,
} from "@parley/wire/http";
import type { Api } from "../http/api.ts";
import { mount } from "../http/endpoint.ts";

const one = "/api/compositions/{id}";

/** Compositions of protocols. */
export const compositionRoutes = (api: Api, host: Host): void => {
  mount(api, {
    method: "get",
    path: "/api/compositions",
    operation: "listCompositions",
    summary: "Compositions, the newest first, and those that ship",
    answer: compositionListSchema,
    handle: async () => ({ ok: true, value: host.compositions() }),
  });
  mount(api, {
    method: "post",
    path: "/api/compositions",
    operation: "startComposition",
    summary: "Start a composition that ships, or one's own; nothing of it runs until it is stepped",
    body: startCompositionSchema,
    answer: compositionViewSchema,
    status: 201,
    handle: ({ caller, body }) => host.startComposition(caller, body),
  });
  mount(api, {
    method: "get",
    path: one,
    operation: "compositionOf",
    summary: "A composition with a lane for each phase and effect",
    answer: compositionViewSchema,
    handle: ({ params }) => host.composition(params.id ?? ""),
  });
  mount(api, {
    method: "post",
    path: `${one}/step`,
    operation: "stepComposition",
    summary: "Do the next thing, or all that goes without anybody",
    body: stepCompositionSchema,
    answer: compositionViewSchema,
    handle: ({ caller, params, body }) => host.stepComposition(caller, params.id ?? "", body),
  });
  mount(api, {
    method: "post",
    path: `${one}/cancel`,
    operation: "cancelComposition",
    summary: "Give it up: what runs is cancelled, what had completed is undone where a protocol undoes it",
    body: cancelCompositionSchema,
    answer: compositionViewSchema,
    handle: ({ caller, params, body }) =>
      host.cancelComposition(caller, params.id ?? "", body.reason ?? "it was cancelled"),
  });
};
