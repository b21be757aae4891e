import type { Host } from "@parley/runtime/host";
import {
  delegatedSchema,
  delegateSessionSchema,
  delegationPreviewSchema,
  ownershipViewSchema,
  previewDelegationSchema,
} from "@parley/wire/http";
import { z } from "zod";
import type { Api } from "../http/api.ts";
import { mount } from "../http/endpoint.ts";
import { wholeNumber } from "../http/whole-number.ts";

const session = "/api/sessions/{id}";

/** Who owns a session, and handing it over. */
export const ownershipRoutes = (api: Api, host: Host): void => {
  mount(api, {
    method: "get",
    path: `${session}/ownership`,
    operation: "ownershipOf",
    summary: "Who owns the session and its fragments, who may do what, every handover with its receipt",
    query: z.object({ at: wholeNumber.optional() }),
    answer: ownershipViewSchema,
    handle: ({ params, query }) => host.ownership(params.id ?? "", query.at),
  });
  mount(api, {
    method: "post",
    path: `${session}/delegate/preview`,
    operation: "previewDelegation",
    summary: "What a handoff would move, and every reason against it; nothing is written",
    body: previewDelegationSchema,
    answer: delegationPreviewSchema,
    handle: ({ params, body }) => host.previewDelegation(params.id ?? "", body),
  });
  mount(api, {
    method: "post",
    path: `${session}/delegate`,
    operation: "delegateSession",
    summary: "Hand the live session over: owner, generation, scope, fragments and footprints, or nothing",
    body: delegateSessionSchema,
    answer: delegatedSchema,
    handle: ({ params, caller, body }) => host.delegateSession(caller, params.id ?? "", body),
  });
};
