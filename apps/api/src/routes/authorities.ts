import type { Host } from "@parley/runtime/host";
import {
  allotBudgetSchema,
  attenuateTokenSchema,
  authorityViewSchema,
  budgetHistorySchema,
  budgetViewSchema,
  epochSchema,
  factPageSchema,
  issueTokenSchema,
  leakageViewSchema,
  limitBudgetSchema,
  limitLeakageSchema,
  presentTokenSchema,
  receiptListSchema,
  removeBudgetSchema,
  replenishBudgetSchema,
  resetLeakageSchema,
  revokeTokenSchema,
  rotateKeySchema,
  tokenDetailSchema,
} from "@parley/wire/http";
import { z } from "zod";
import type { Api } from "../http/api.ts";
import { mount } from "../http/endpoint.ts";
import { wholeNumber } from "../http/whole-number.ts";
import { factQuery } from "./fact-query.ts";

const one = "/api/authorities/{id}";
const name = z.string().max(128).optional();
const limit = wholeNumber.pipe(z.number().min(1).max(1_000)).optional();

const tokenRoutes = (api: Api, host: Host): void => {
  mount(api, {
    method: "post",
    path: `${one}/tokens`,
    operation: "issueToken",
    summary: "Issue a token to a device of the authority",
    body: issueTokenSchema,
    answer: tokenDetailSchema,
    status: 201,
    handle: ({ params, caller, body }) => host.issueToken(caller, params.id ?? "", body),
  });
  mount(api, {
    method: "get",
    path: `${one}/tokens/{token}`,
    operation: "tokenOf",
    summary: "The blocks of a token, and what it allows in a context and at a time",
    query: z.object({ context: name, at: wholeNumber.optional() }),
    answer: tokenDetailSchema,
    handle: ({ params, query }) => host.token(params.id ?? "", params.token ?? "", query),
  });
  mount(api, {
    method: "post",
    path: `${one}/tokens/{token}/attenuate`,
    operation: "attenuateToken",
    summary: "Make a narrower token out of one",
    body: attenuateTokenSchema,
    answer: tokenDetailSchema,
    status: 201,
    handle: ({ params, caller, body }) =>
      host.attenuateToken(caller, params.id ?? "", params.token ?? "", body),
  });
  mount(api, {
    method: "post",
    path: `${one}/tokens/{token}/revoke`,
    operation: "revokeToken",
    summary: "Revoke a token and every one made from it",
    body: revokeTokenSchema,
    answer: tokenDetailSchema,
    handle: ({ params, caller, body }) =>
      host.revokeToken(caller, params.id ?? "", params.token ?? "", body.reason),
  });
  mount(api, {
    method: "put",
    path: `${one}/devices/{device}/token`,
    operation: "presentToken",
    summary: "Set the token a device presents; a foreign, expired or revoked one is refused",
    body: presentTokenSchema,
    answer: authorityViewSchema,
    handle: ({ params, caller, body }) =>
      host.presentToken(caller, params.id ?? "", params.device ?? "", body),
  });
  mount(api, {
    method: "post",
    path: `${one}/devices/{device}/rotate`,
    operation: "rotateKey",
    summary: "Give a device another key, from the next epoch on, which begins",
    body: rotateKeySchema,
    answer: authorityViewSchema,
    handle: ({ params, caller, body }) => host.rotateKey(caller, params.id ?? "", params.device ?? "", body),
  });
};

const budgetRoutes = (api: Api, host: Host): void => {
  mount(api, {
    method: "get",
    path: `${one}/budgets/history`,
    operation: "budgetHistory",
    summary: "How the budgets of an authority came to stand as they do",
    query: z.object({ context: name, peer: name, before: wholeNumber.optional(), limit }),
    answer: budgetHistorySchema,
    handle: ({ params, query }) => host.budgetHistory(params.id ?? "", query),
  });
  mount(api, {
    method: "put",
    path: `${one}/budgets/limit`,
    operation: "limitBudget",
    summary: "Set the limit of a budget",
    body: limitBudgetSchema,
    answer: budgetViewSchema,
    handle: ({ params, caller, body }) =>
      host.changeBudget(caller, params.id ?? "", { kind: "budget.limited", ...body }),
  });
  mount(api, {
    method: "post",
    path: `${one}/budgets/replenish`,
    operation: "replenishBudget",
    summary: "Raise the limit of a budget",
    body: replenishBudgetSchema,
    answer: budgetViewSchema,
    handle: ({ params, caller, body }) =>
      host.changeBudget(caller, params.id ?? "", { kind: "budget.replenished", ...body }),
  });
  mount(api, {
    method: "post",
    path: `${one}/budgets/allot`,
    operation: "allotBudget",
    summary: "Put a part of a budget in the escrow of one device",
    body: allotBudgetSchema,
    answer: budgetViewSchema,
    handle: ({ params, caller, body }) =>
      host.changeBudget(caller, params.id ?? "", { kind: "budget.allotted", ...body }),
  });
  mount(api, {
    method: "post",
    path: `${one}/budgets/remove`,
    operation: "removeBudget",
    summary: "Let a budget have the default limit again",
    body: removeBudgetSchema,
    answer: budgetViewSchema,
    handle: ({ params, caller, body }) =>
      host.changeBudget(caller, params.id ?? "", { kind: "budget.removed", ...body }),
  });
  mount(api, {
    method: "post",
    path: `${one}/epoch`,
    operation: "startEpoch",
    summary: "Begin a later epoch: nothing is spent in it yet",
    body: epochSchema,
    answer: authorityViewSchema,
    handle: ({ params, caller, body }) => host.startEpoch(caller, params.id ?? "", body.epoch),
  });
};

const leakageRoutes = (api: Api, host: Host): void => {
  mount(api, {
    method: "put",
    path: `${one}/leakage`,
    operation: "limitLeakage",
    summary: "Set what may leak in a context, by observer class",
    body: limitLeakageSchema,
    answer: leakageViewSchema,
    handle: ({ params, caller, body }) =>
      host.changeLeakage(caller, params.id ?? "", { kind: "leakage.limited", ...body }),
  });
  mount(api, {
    method: "post",
    path: `${one}/leakage/reset`,
    operation: "resetLeakage",
    summary: "Let the leakage window of a context begin anew",
    body: resetLeakageSchema,
    answer: leakageViewSchema,
    handle: ({ params, caller, body }) =>
      host.changeLeakage(caller, params.id ?? "", { kind: "leakage.reset", ...body }),
  });
};

/** Authorities: devices, keys, tokens, budgets, leakage, receipts and their own journals. */
export const authorityRoutes = (api: Api, host: Host): void => {
  mount(api, {
    method: "get",
    path: one,
    operation: "authorityOf",
    summary:
      "An authority with its devices, keys, tokens, budgets and leakage; of a context only what concerns it",
    query: z.object({ context: name }),
    answer: authorityViewSchema,
    handle: ({ params, query }) => host.authority(params.id ?? "", query.context),
  });
  mount(api, {
    method: "get",
    path: `${one}/facts`,
    operation: "authorityFacts",
    summary: "The facts of an authority's own journal",
    query: factQuery,
    answer: factPageSchema,
    handle: ({ params, query }) => host.authorityFacts(params.id ?? "", query),
  });
  mount(api, {
    method: "get",
    path: `${one}/receipts`,
    operation: "authorityReceipts",
    summary: "The receipts of an authority, newest first, each checked step by step",
    query: z.object({ context: name, peer: name, session: name, before: wholeNumber.optional(), limit }),
    answer: receiptListSchema,
    handle: ({ params, query }) => host.receipts(params.id ?? "", query),
  });
  tokenRoutes(api, host);
  budgetRoutes(api, host);
  leakageRoutes(api, host);
};
