import type { AuthorityInput } from "@parley/wire";
import type {
  AddedFacts,
  AddFactsRequest,
  AttenuateTokenRequest,
  AuthorityView,
  BudgetChange,
  BudgetView,
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
  PresentTokenRequest,
  ReceiptJson,
  ReceiptList,
  ReceiptView,
  RefusalList,
  RotateKeyRequest,
  SessionAudit,
  Synced,
  TokenDetail,
} from "@parley/wire/http";
import type { Caller } from "../caller.ts";
import type { HostCore } from "../core.ts";
import { done, type Result } from "../host-error.ts";
import { hostErrorDetail } from "../host-error-detail.ts";
import { auditSession } from "./audit-session.ts";
import { durableAuthority, readAuthority } from "./authority-view.ts";
import { budgetCommand, epochCommand, leakageCommand } from "./budget-commands.ts";
import { readBudgetHistory } from "./budget-history.ts";
import {
  addContextFacts,
  healContext,
  joinContext,
  partitionContext,
  syncContext,
} from "./context-commands.ts";
import {
  type FactFilter,
  listContexts,
  readAuthorityFacts,
  readContext,
  readDiff,
  readFacts,
  readProof,
} from "./context-view.ts";
import { declareFactType } from "./declare-fact-type.ts";
import { factTypesOf, listFactTypes } from "./fact-types.ts";
import { readGuards, readSessionReceipts } from "./guard-views.ts";
import { checkReceipt, type ReceiptFilter, readReceipt, readReceipts } from "./receipt-views.ts";
import { rotateKeyCommand } from "./rotate-key.ts";
import {
  attenuateTokenCommand,
  issueTokenCommand,
  presentTokenCommand,
  revokeTokenCommand,
} from "./token-commands.ts";
import { readToken } from "./token-view.ts";

type InputOf<K extends AuthorityInput["kind"]> = Extract<AuthorityInput, { readonly kind: K }>;

/** What a list of what guards judged is narrowed to. */
export interface GuardFilter {
  readonly seq?: number | undefined;
  readonly role?: string | undefined;
  readonly from?: number | undefined;
  readonly limit?: number | undefined;
}

/** Authorities, contexts, receipts and guards: commands answer once they are durable, refusals change nothing. */
export interface AuthorityHost {
  /** With a context, of its budgets, leakage and tokens only what concerns that. */
  authority(id: string, context?: string): Promise<Result<AuthorityView>>;
  token(
    authority: string,
    token: string,
    asked?: { readonly context?: string | undefined; readonly at?: number | undefined },
  ): Promise<Result<TokenDetail>>;
  issueToken(caller: Caller, authority: string, request: IssueTokenRequest): Promise<Result<TokenDetail>>;
  attenuateToken(
    caller: Caller,
    authority: string,
    token: string,
    request: AttenuateTokenRequest,
  ): Promise<Result<TokenDetail>>;
  revokeToken(caller: Caller, authority: string, token: string, reason: string): Promise<Result<TokenDetail>>;
  presentToken(
    caller: Caller,
    authority: string,
    device: string,
    request: PresentTokenRequest,
  ): Promise<Result<AuthorityView>>;
  /** Another key for a device, from the next epoch on, which begins. */
  rotateKey(
    caller: Caller,
    authority: string,
    device: string,
    request: RotateKeyRequest,
  ): Promise<Result<AuthorityView>>;
  changeBudget(
    caller: Caller,
    authority: string,
    input: InputOf<"budget.limited" | "budget.allotted" | "budget.replenished" | "budget.removed">,
  ): Promise<Result<BudgetView>>;
  startEpoch(caller: Caller, authority: string, epoch: number): Promise<Result<AuthorityView>>;
  changeLeakage(
    caller: Caller,
    authority: string,
    input: InputOf<"leakage.limited" | "leakage.reset">,
  ): Promise<Result<LeakageView>>;
  budgetHistory(
    authority: string,
    asked: {
      readonly context?: string | undefined;
      readonly peer?: string | undefined;
      readonly before?: number | undefined;
      readonly limit?: number | undefined;
    },
  ): Promise<Result<{ readonly items: readonly BudgetChange[]; readonly more: boolean }>>;
  authorityFacts(authority: string, filter: FactFilter): Promise<Result<FactPage>>;
  receipts(authority: string, filter: ReceiptFilter): Promise<Result<ReceiptList>>;
  receipt(id: string): Promise<Result<ReceiptView>>;
  checkReceipt(caller: Caller, receipt: ReceiptJson): Promise<Result<CheckedReceipt>>;

  contexts(filter?: {
    readonly session?: string | undefined;
    readonly authority?: string | undefined;
  }): Promise<readonly ContextSummary[]>;
  context(id: string, at?: number): Promise<Result<ContextView>>;
  facts(context: string, filter: FactFilter): Promise<Result<FactPage>>;
  diffFacts(context: string, asked: Parameters<typeof readDiff>[2]): Promise<Result<ContextDiff>>;
  proveFact(context: string, asked: Parameters<typeof readProof>[2]): Promise<Result<FactProofView>>;
  addFacts(caller: Caller, context: string, request: AddFactsRequest): Promise<Result<AddedFacts>>;
  joinReplicas(caller: Caller, context: string, authorities: readonly string[]): Promise<Result<ContextView>>;
  partition(
    caller: Caller,
    context: string,
    groups: readonly (readonly string[])[],
  ): Promise<Result<ContextView>>;
  heal(caller: Caller, context: string): Promise<Result<ContextView>>;
  sync(
    caller: Caller,
    context: string,
    request: { readonly requester: string; readonly responder: string },
  ): Promise<Result<Synced>>;
  factTypes(): readonly FactTypeView[];
  declareFactType(caller: Caller, request: DeclareFactTypeRequest): Promise<Result<FactTypeView>>;

  guards(session: string, filter: GuardFilter): Promise<Result<GuardList>>;
  sessionReceipts(session: string, seq?: number): Promise<Result<ReceiptList>>;
  /** Derives every verdict again; differences are findings. */
  audit(session: string): Promise<Result<SessionAudit>>;
  /** The last commands that were refused, newest first. */
  refusals(): RefusalList;
}

const refusalList = (core: HostCore): RefusalList => ({
  items: core.refusals.newestFirst().map(({ at, actor, command, subject, error }) => ({
    at,
    actor: { kind: actor.kind, id: actor.id },
    command,
    subject: subject ?? null,
    code: error.code,
    kind: error.kind,
    detail: hostErrorDetail(error),
  })),
});

/** The part of a host that is about authority. */
export const authorityHost = (core: HostCore): AuthorityHost => ({
  authority: async (id, context) => readAuthority(core, id, context),
  token: (authority, token, asked = {}) => readToken(core, authority, token, asked),
  issueToken: (caller, authority, request) => issueTokenCommand(core, caller, authority, request),
  attenuateToken: (caller, authority, token, request) =>
    attenuateTokenCommand(core, caller, authority, { token, request }),
  revokeToken: (caller, authority, token, reason) =>
    revokeTokenCommand(core, caller, authority, { token, reason }),
  presentToken: (caller, authority, device, request) =>
    presentTokenCommand(core, caller, authority, { device, request }),
  rotateKey: (caller, authority, device, request) =>
    rotateKeyCommand(core, caller, authority, { device, request }),
  changeBudget: (caller, authority, input) => budgetCommand(core, caller, authority, input),
  startEpoch: (caller, authority, epoch) => epochCommand(core, caller, authority, epoch),
  changeLeakage: (caller, authority, input) => leakageCommand(core, caller, authority, input),
  budgetHistory: (authority, asked) => readBudgetHistory(core, authority, asked),
  authorityFacts: async (authority, filter) => {
    const state = durableAuthority(core, authority);
    return state.ok ? done(await readAuthorityFacts(core, state.value, filter)) : state;
  },
  receipts: (authority, filter) => readReceipts(core, authority, filter),
  receipt: (id) => readReceipt(core, id),
  checkReceipt: (caller, receipt) => checkReceipt(core, caller, receipt),
  contexts: (filter = {}) => listContexts(core, filter),
  context: (id, at) => readContext(core, id, at),
  facts: (context, filter) => readFacts(core, context, filter),
  diffFacts: (context, asked) => readDiff(core, context, asked),
  proveFact: (context, asked) => readProof(core, context, asked),
  addFacts: (caller, context, request) => addContextFacts(core, caller, context, request),
  joinReplicas: (caller, context, authorities) => joinContext(core, caller, context, authorities),
  partition: (caller, context, groups) => partitionContext(core, caller, context, groups),
  heal: (caller, context) => healContext(core, caller, context),
  sync: (caller, context, request) => syncContext(core, caller, context, request),
  factTypes: () => listFactTypes(factTypesOf(core)),
  declareFactType: (caller, request) => declareFactType(core, caller, request),
  guards: (session, filter) => readGuards(core, session, filter),
  sessionReceipts: (session, seq) => readSessionReceipts(core, session, seq),
  audit: (session) => auditSession(core, session),
  refusals: () => refusalList(core),
});
