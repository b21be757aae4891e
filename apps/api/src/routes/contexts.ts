import type { Host } from "@parley/runtime/host";
import {
  addedFactsSchema,
  addFactsSchema,
  contextDiffSchema,
  contextSummarySchema,
  contextViewSchema,
  declareFactTypeSchema,
  factPageSchema,
  factProofSchema,
  factTypeListSchema,
  factTypeSchema,
  joinReplicasSchema,
  partitionSchema,
  syncedSchema,
  syncSchema,
} from "@parley/wire/http";
import { z } from "zod";
import type { Api } from "../http/api.ts";
import { mount } from "../http/endpoint.ts";
import { wholeNumber } from "../http/whole-number.ts";
import { factQuery } from "./fact-query.ts";

const one = "/api/contexts/{id}";
const name = z.string().max(128).optional();
const at = wholeNumber.optional();

const replicaRoutes = (api: Api, host: Host): void => {
  mount(api, {
    method: "post",
    path: `${one}/facts`,
    operation: "addFacts",
    summary: "Add facts at one replica; a duplicate or one of an unknown type is refused",
    body: addFactsSchema,
    answer: addedFactsSchema,
    status: 201,
    handle: ({ params, caller, body }) => host.addFacts(caller, params.id ?? "", body),
  });
  mount(api, {
    method: "post",
    path: `${one}/join`,
    operation: "joinReplicas",
    summary: "Let authorities keep replicas of the context",
    body: joinReplicasSchema,
    answer: contextViewSchema,
    handle: ({ params, caller, body }) => host.joinReplicas(caller, params.id ?? "", body.authorities),
  });
  mount(api, {
    method: "post",
    path: `${one}/partition`,
    operation: "partition",
    summary: "Part the replicas into groups that do not reach each other",
    body: partitionSchema,
    answer: contextViewSchema,
    handle: ({ params, caller, body }) => host.partition(caller, params.id ?? "", body.groups),
  });
  mount(api, {
    method: "post",
    path: `${one}/heal`,
    operation: "heal",
    summary: "Let all replicas reach each other again",
    answer: contextViewSchema,
    handle: ({ params, caller }) => host.heal(caller, params.id ?? ""),
  });
  mount(api, {
    method: "post",
    path: `${one}/sync`,
    operation: "syncReplicas",
    summary: "One run of anti-entropy between two replicas",
    body: syncSchema,
    answer: syncedSchema,
    handle: ({ params, caller, body }) => host.sync(caller, params.id ?? "", body),
  });
};

/** Contexts: their facts, replicas, proofs and what they differ in. */
export const contextRoutes = (api: Api, host: Host): void => {
  mount(api, {
    method: "get",
    path: "/api/contexts",
    operation: "listContexts",
    summary: "Contexts, the last changed first",
    query: z.object({ session: name, authority: name }),
    answer: z.object({ items: z.array(contextSummarySchema) }),
    handle: async ({ query }) => ({ ok: true, value: { items: await host.contexts(query) } }),
  });
  mount(api, {
    method: "get",
    path: one,
    operation: "contextOf",
    summary: "A context with its replicas, at its last position or an earlier one",
    query: z.object({ at }),
    answer: contextViewSchema,
    handle: ({ params, query }) => host.context(params.id ?? "", query.at),
  });
  mount(api, {
    method: "get",
    path: `${one}/facts`,
    operation: "factsOf",
    summary: "The facts of a context in canonical order, of one replica or of all",
    query: factQuery,
    answer: factPageSchema,
    handle: ({ params, query }) => host.facts(params.id ?? "", query),
  });
  mount(api, {
    method: "get",
    path: `${one}/diff`,
    operation: "diffFacts",
    summary: "What one position or replica holds that another does not",
    query: z.object({ from: at, to: at, replica: name, with: name }),
    answer: contextDiffSchema,
    handle: ({ params, query }) => host.diffFacts(params.id ?? "", query),
  });
  mount(api, {
    method: "get",
    path: `${one}/proof`,
    operation: "proofOf",
    summary: "The proof that a root holds a fact",
    query: z.object({ fact: z.string().max(64), replica: name, at }),
    answer: factProofSchema,
    handle: ({ params, query }) => host.proveFact(params.id ?? "", query),
  });
  mount(api, {
    method: "get",
    path: "/api/fact-types",
    operation: "factTypes",
    summary: "The registry of fact types",
    answer: factTypeListSchema,
    handle: async () => ({ ok: true, value: { items: host.factTypes() } }),
  });
  mount(api, {
    method: "post",
    path: "/api/fact-types",
    operation: "declareFactType",
    summary: "Declare a type of fact, or a later version of one",
    body: declareFactTypeSchema,
    answer: factTypeSchema,
    status: 201,
    handle: ({ caller, body }) => host.declareFactType(caller, body),
  });
  replicaRoutes(api, host);
};
