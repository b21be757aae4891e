import type { Host } from "@parley/runtime/host";
import {
  checkedReceiptSchema,
  checkReceiptSchema,
  guardListSchema,
  receiptListSchema,
  receiptViewSchema,
  refusalListSchema,
  sessionAuditSchema,
} from "@parley/wire/http";
import { z } from "zod";
import type { Api } from "../http/api.ts";
import { mount } from "../http/endpoint.ts";
import { wholeNumber } from "../http/whole-number.ts";

const session = "/api/sessions/{id}";
const count = wholeNumber.optional();

/** Guards and receipts: what was judged, on what, what it took, and whether that still holds. */
export const receiptRoutes = (api: Api, host: Host): void => {
  mount(api, {
    method: "get",
    path: `${session}/guards`,
    operation: "guardsOf",
    summary: "What the guards of a session judged, with receipts, facts and where a denial was decided",
    query: z.object({
      seq: count,
      role: z.string().max(200).optional(),
      from: count,
      limit: wholeNumber.pipe(z.number().min(1).max(1_000)).optional(),
    }),
    answer: guardListSchema,
    handle: ({ params, query }) => host.guards(params.id ?? "", query),
  });
  mount(api, {
    method: "get",
    path: `${session}/receipts`,
    operation: "receiptsOf",
    summary: "The receipts of a session, each checked step by step",
    query: z.object({ seq: count }),
    answer: receiptListSchema,
    handle: ({ params, query }) => host.sessionReceipts(params.id ?? "", query.seq),
  });
  mount(api, {
    method: "get",
    path: `${session}/audit`,
    operation: "auditOf",
    summary: "Every verdict of a session derived again; differences are findings",
    answer: sessionAuditSchema,
    handle: ({ params }) => host.audit(params.id ?? ""),
  });
  mount(api, {
    method: "get",
    path: "/api/receipts/{id}",
    operation: "receiptOf",
    summary: "One receipt, checked step by step",
    answer: receiptViewSchema,
    handle: ({ params }) => host.receipt(params.id ?? ""),
  });
  mount(api, {
    method: "post",
    path: "/api/receipts/check",
    operation: "checkReceipt",
    summary: "Present a receipt; refused when it does not hold",
    body: checkReceiptSchema,
    answer: checkedReceiptSchema,
    handle: ({ caller, body }) => host.checkReceipt(caller, body.receipt),
  });
  mount(api, {
    method: "get",
    path: "/api/refusals",
    operation: "refusals",
    summary: "The last commands that were refused, newest first",
    answer: refusalListSchema,
    handle: async () => ({ ok: true, value: host.refusals() }),
  });
};
