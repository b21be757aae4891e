import type { z } from "zod";
import type {
  AddedFacts,
  AddFactsRequest,
  AttenuateTokenRequest,
  AuthorityView,
  allotBudgetSchema,
  BudgetView,
  budgetHistorySchema,
  CheckedReceipt,
  ContextDiff,
  ContextSummary,
  ContextView,
  DeclareFactTypeRequest,
  FactPage,
  FactProofView,
  FactTypeView,
  GuardList,
  IssueTokenRequest,
  LeakageView,
  limitBudgetSchema,
  limitLeakageSchema,
  PresentTokenRequest,
  ReceiptJson,
  ReceiptList,
  ReceiptView,
  RefusalList,
  RotateKeyRequest,
  removeBudgetSchema,
  replenishBudgetSchema,
  SessionAudit,
  Synced,
  TokenDetail,
} from "../http/index.ts";

/** Sends one request of the interface. */
export type Call = <T>(method: string, path: string, body?: unknown, key?: string) => Promise<T>;

/** What a list is narrowed to; what is missing narrows nothing. */
type Narrowed<K extends string> = { readonly [name in K]?: string | number | undefined };

const query = (narrowed: { readonly [name: string]: string | number | undefined }): string => {
  const parts = Object.entries(narrowed).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
};

type FactFilter = Narrowed<"replica" | "type" | "authority" | "since" | "until" | "at" | "from" | "limit">;

/** Authorities: tokens, budgets, leakage, receipts. */
export const authorityClient = (call: Call) => {
  const of = (id: string) => `/api/authorities/${encodeURIComponent(id)}`;
  const token = (id: string, one: string) => `${of(id)}/tokens/${encodeURIComponent(one)}`;
  return {
    get: (id: string, asked: Narrowed<"context"> = {}) =>
      call<AuthorityView>("GET", `${of(id)}${query(asked)}`),
    facts: (id: string, filter: FactFilter = {}) => call<FactPage>("GET", `${of(id)}/facts${query(filter)}`),
    token: (id: string, one: string, asked: Narrowed<"context" | "at"> = {}) =>
      call<TokenDetail>("GET", `${token(id, one)}${query(asked)}`),
    issue: (id: string, body: IssueTokenRequest) => call<TokenDetail>("POST", `${of(id)}/tokens`, body),
    attenuate: (id: string, one: string, body: AttenuateTokenRequest) =>
      call<TokenDetail>("POST", `${token(id, one)}/attenuate`, body),
    revoke: (id: string, one: string, reason: string) =>
      call<TokenDetail>("POST", `${token(id, one)}/revoke`, { reason }),
    present: (id: string, device: string, body: PresentTokenRequest) =>
      call<AuthorityView>("PUT", `${of(id)}/devices/${encodeURIComponent(device)}/token`, body),
    rotate: (id: string, device: string, body: RotateKeyRequest) =>
      call<AuthorityView>("POST", `${of(id)}/devices/${encodeURIComponent(device)}/rotate`, body),
    budgetHistory: (id: string, asked: Narrowed<"context" | "peer" | "before" | "limit"> = {}) =>
      call<z.infer<typeof budgetHistorySchema>>("GET", `${of(id)}/budgets/history${query(asked)}`),
    limit: (id: string, body: z.input<typeof limitBudgetSchema>) =>
      call<BudgetView>("PUT", `${of(id)}/budgets/limit`, body),
    replenish: (id: string, body: z.input<typeof replenishBudgetSchema>) =>
      call<BudgetView>("POST", `${of(id)}/budgets/replenish`, body),
    allot: (id: string, body: z.input<typeof allotBudgetSchema>) =>
      call<BudgetView>("POST", `${of(id)}/budgets/allot`, body),
    removeBudget: (id: string, body: z.input<typeof removeBudgetSchema>) =>
      call<BudgetView>("POST", `${of(id)}/budgets/remove`, body),
    epoch: (id: string, epoch: number) => call<AuthorityView>("POST", `${of(id)}/epoch`, { epoch }),
    limitLeakage: (id: string, body: z.input<typeof limitLeakageSchema>) =>
      call<LeakageView>("PUT", `${of(id)}/leakage`, body),
    resetLeakage: (id: string, context: string) =>
      call<LeakageView>("POST", `${of(id)}/leakage/reset`, { context }),
    receipts: (id: string, asked: Narrowed<"context" | "peer" | "session" | "before" | "limit"> = {}) =>
      call<ReceiptList>("GET", `${of(id)}/receipts${query(asked)}`),
  };
};

/** Contexts and their replicas. */
export const contextClient = (call: Call) => {
  const of = (id: string) => `/api/contexts/${encodeURIComponent(id)}`;
  return {
    list: (asked: Narrowed<"session" | "authority"> = {}) =>
      call<{ items: ContextSummary[] }>("GET", `/api/contexts${query(asked)}`),
    get: (id: string, at?: number) => call<ContextView>("GET", `${of(id)}${query({ at })}`),
    facts: (id: string, filter: FactFilter = {}) => call<FactPage>("GET", `${of(id)}/facts${query(filter)}`),
    diff: (id: string, asked: Narrowed<"from" | "to" | "replica" | "with">) =>
      call<ContextDiff>("GET", `${of(id)}/diff${query(asked)}`),
    proof: (id: string, asked: Narrowed<"fact" | "replica" | "at">) =>
      call<FactProofView>("GET", `${of(id)}/proof${query(asked)}`),
    addFacts: (id: string, body: AddFactsRequest) => call<AddedFacts>("POST", `${of(id)}/facts`, body),
    join: (id: string, authorities: readonly string[]) =>
      call<ContextView>("POST", `${of(id)}/join`, { authorities }),
    partition: (id: string, groups: readonly (readonly string[])[]) =>
      call<ContextView>("POST", `${of(id)}/partition`, { groups }),
    heal: (id: string) => call<ContextView>("POST", `${of(id)}/heal`),
    sync: (id: string, requester: string, responder: string) =>
      call<Synced>("POST", `${of(id)}/sync`, { requester, responder }),
    factTypes: () => call<{ items: FactTypeView[] }>("GET", "/api/fact-types"),
    declareFactType: (body: DeclareFactTypeRequest) => call<FactTypeView>("POST", "/api/fact-types", body),
  };
};

/** Receipts, guards and what was refused. */
export const guardClient = (call: Call) => {
  const session = (id: string) => `/api/sessions/${encodeURIComponent(id)}`;
  return {
    of: (id: string, asked: Narrowed<"seq" | "role" | "from" | "limit"> = {}) =>
      call<GuardList>("GET", `${session(id)}/guards${query(asked)}`),
    receipts: (id: string, seq?: number) =>
      call<ReceiptList>("GET", `${session(id)}/receipts${query({ seq })}`),
    audit: (id: string) => call<SessionAudit>("GET", `${session(id)}/audit`),
    receipt: (id: string) => call<ReceiptView>("GET", `/api/receipts/${encodeURIComponent(id)}`),
    check: (receipt: ReceiptJson) => call<CheckedReceipt>("POST", "/api/receipts/check", { receipt }),
    refusals: () => call<RefusalList>("GET", "/api/refusals"),
  };
};
