import type { ContextInput, Fact, HandoffStage, Hash } from "@parley/wire";
import type { Delegated } from "@parley/wire/http";
import { factFault } from "../../journal/fact-fault.ts";
import { factId } from "../../journal/fact-id.ts";
import {
  type ActiveSessionDelegationError,
  type HandoffReceipt,
  handoffReceipt,
  type SessionDelegationFact,
} from "../../reconfiguration/index.ts";
import { checksOf } from "../authority/context-commands.ts";
import type { UnitBook } from "../authority/unit-book.ts";
import type { Caller } from "../caller.ts";
import { type IdempotencyDraft, runCommand } from "../commands/command.ts";
import { fireDue } from "../commands/fire-due.ts";
import { type LiveSession, liveSession } from "../commands/inputs.ts";
import { sessionUnit } from "../commands/session-unit.ts";
import { type HostCore, WORKSPACE } from "../core.ts";
import { done, type HostError, type Result, refused } from "../host-error.ts";
import { contextPart, loadContext } from "../ledger/append.ts";
import type { Cell } from "../ledger/cell.ts";
import type { SessionState } from "../session/session-state.ts";
import { sessionStatus } from "../session/session-status.ts";
import { type ContextState, contextOf } from "../streams/context-state.ts";
import type { Handover, HandoverTrial } from "../streams/handover-records.ts";
import { auditRefusal } from "./audit-refusal.ts";
import { failHandoffAt } from "./fail-handoff-at.ts";
import { handoffFact, handoffFacts } from "./handoff-fact.ts";
import { handoffRefused } from "./handover-error.ts";
import { readOwnership } from "./ownership-view.ts";
import {
  type HandoffPlan,
  type HandoffRequest,
  type HandoffSubject,
  judgeHandoff,
  planHandoff,
} from "./plan-handoff.ts";
import { inventoryOfSession, manifestOfSession } from "./session-runtime.ts";
import { signHandoff } from "./sign-handoff.ts";

type Live = Extract<LiveSession, { readonly ok: true }>;

/** A session as a handoff is asked of it. */
export const subjectOf = (core: HostCore, { stream, pin }: SessionState): HandoffSubject | undefined => {
  const record = core.workspace.tentative.sessions.get(stream);
  return (
    record && {
      session: stream,
      first: pin.seats[0]?.authority,
      manifest: manifestOfSession(core, record),
      capabilities: inventoryOfSession(pin),
      context: contextOf(stream),
    }
  );
};

/** Where the handoff's entry would stand in the workspace. */
export const nextNoted = (
  core: HostCore,
  now: number,
): { readonly seq: number; readonly at: number | undefined } => {
  const { seq, at } = core.workspace.tentative;
  return { seq: seq + 1, at: Number.isSafeInteger(now) && now >= 0 ? Math.max(at, now) : undefined };
};

/** Why a session cannot be handed over whatever is presented. */
export const notDelegable = (core: HostCore, state: SessionState, to?: string): HostError | undefined => {
  const session = state.stream;
  if (state.fork !== undefined)
    return { code: "PAR7502", kind: "fork-forbidden", session, input: "delegate" };
  const status = sessionStatus(state.machine);
  if (status !== "active") return { code: "PAR7007", kind: "closed-session", session, status };
  return to === undefined || core.authorities.has(to)
    ? undefined
    : { code: "PAR7001", kind: "not-found", what: "authority", id: to };
};

/** Everything a handoff that goes through writes, beside the session's own mark. */
interface Carried {
  readonly handover: Handover;
  readonly receipt: HandoffReceipt;
  readonly fact: Fact;
  readonly factId: Hash;
  readonly signatures: readonly NonNullable<ReturnType<typeof signHandoff>>[];
  /** The clock when it was carried out: its entries are written with it. */
  readonly now: number;
}

const unsigned = (authority: string): ActiveSessionDelegationError => ({
  code: "PAR8433",
  variant: "Reconfiguration",
  source: {
    code: "PAR8419",
    variant: "PersistDelegationFact",
    message: `no device of ${authority} could sign the receipts`,
  },
});

/** The same handoff, made to fail at a stage: with what. Everything else of it went through before. */
const rehearse = (
  core: HostCore,
  plan: HandoffPlan,
  subject: HandoffSubject,
  {
    failAt,
    now,
    persist,
  }: Pick<HandoverTrial, "persist"> & {
    readonly failAt: HandoffStage;
    readonly now: number;
  },
): ActiveSessionDelegationError => {
  const failed = judgeHandoff(plan, subject, {
    ...nextNoted(core, failAt === "time" ? Number.NaN : now),
    ...(persist === undefined ? {} : { persist }),
    ...failHandoffAt(failAt, subject.session),
  });
  if (!failed.ok) return failed.error;
  if (failAt === "receipt") return unsigned(plan.transfer.to);
  throw new Error(`a handoff made to fail at its ${failAt} went through`);
};

/** A handoff as it is asked to be carried out; with `failAt` it is to fail there. */
export interface HandoffCommand extends HandoffRequest {
  readonly expectedHead: number;
  readonly failAt?: HandoffStage;
}

/** Carries a handoff out on values and has both sides sign it; any failure leaves nothing behind. */
const carryOut = (
  core: HostCore,
  state: SessionState,
  subject: HandoffSubject,
  { request, now }: { readonly request: HandoffCommand; readonly now: number },
): { readonly ok: true; readonly carried: Carried } | { readonly ok: false; readonly error: HostError } => {
  const session = state.stream;
  const { failAt } = request;
  const refuse = (error: ActiveSessionDelegationError, injected?: HandoffStage) =>
    refused(handoffRefused(session, error, injected));
  const plan = planHandoff(core.workspace.tentative.handover, subject, request);
  const persist = (told: SessionDelegationFact): string | undefined => {
    const fault = factFault(handoffFact(told, 0), { kind: "context", id: told.context_id }, checksOf(core));
    return fault && `the fact was not kept: ${fault.error}`;
  };
  const judged = judgeHandoff(plan, subject, { ...nextNoted(core, now), persist });
  if (!judged.ok) return refuse(judged.error);
  const { handover, result } = judged;
  const { ownershipReceipt, boundary, context } = handover.witness;
  if (ownershipReceipt === undefined) throw new Error("a handoff of a live session has an ownership receipt");
  const receipt = handoffReceipt({
    ownership: ownershipReceipt,
    delegation: handover.receipt,
    context,
    boundary,
  });
  const { seats } = state.pin;
  const signatures = (["from", "to"] as const).map((role) => signHandoff(core, receipt, role, seats));
  const signed = signatures.filter((one) => one !== undefined);
  const { fromOwner, toOwner } = ownershipReceipt;
  if (signed.length < 2) return refuse(unsigned(signatures[0] === undefined ? fromOwner : toOwner));
  if (failAt !== undefined) return refuse(rehearse(core, plan, subject, { failAt, now, persist }), failAt);
  const fact = handoffFact(result.fact, ownershipReceipt.toGeneration);
  return { ok: true, carried: { handover, receipt, fact, factId: factId(fact), signatures: signed, now } };
};

/** Replicas of a context, or those it will begin with. */
const replicasOf = (cell: Cell<ContextState>, state: SessionState): readonly string[] =>
  cell.tentative.seq >= 0
    ? cell.tentative.replicas
    : [...new Set(state.pin.seats.map(({ authority }) => authority))];

/** What a context is told, whether it is the session's own or another. */
const factsFor = (cell: Cell<ContextState>, state: SessionState, carried: Carried): readonly ContextInput[] =>
  handoffFacts(cell.tentative, replicasOf(cell, state), carried.fact, carried.handover.receipt.to_authority);

/** Adds everything to the unit of the session's mark. */
const bookHandoff = (
  book: UnitBook,
  { handover, receipt, factId: fact, signatures }: Carried,
  position: number,
  own: readonly ContextInput[],
  elsewhere: { readonly stream: string; readonly seq: number; readonly entries: number } | undefined,
): void => {
  book.tell({ ...handover.input, position, fact });
  for (const input of own) book.record(input);
  for (let at = 1; elsewhere !== undefined && at <= elsewhere.entries; at += 1)
    book.name({ stream: elsewhere.stream, seq: elsewhere.seq + at });
  for (const signature of signatures)
    book.add(signature.authority, { kind: "handoff.signed", receipt: receipt.id, ...signature });
};

interface Receipt {
  readonly head: number;
  readonly receipt: Hash;
}

const write = async (
  core: HostCore,
  caller: Caller,
  live: Live,
  carried: Carried,
  other: Cell<ContextState> | undefined,
  row: (receipt: Receipt) => IdempotencyDraft | undefined,
): Promise<Result<Receipt>> => {
  const { state } = live.cell;
  const { receipt, handover } = carried;
  const { ownership } = receipt;
  const asked = { actor: caller.actor, key: caller.key, now: carried.now };
  const cell = other ?? live.context;
  const inputs = cell === undefined ? [] : factsFor(cell, state, carried);
  const position = state.position + 1;
  const elsewhere = other && {
    stream: receipt.context,
    seq: other.tentative.seq,
    entries: inputs.length,
  };
  const detail = {
    from: ownership.fromOwner,
    to: ownership.toOwner,
    generation: ownership.toGeneration,
    scope: ownership.scope,
    bundle: handover.witness.bundle,
    receipt: receipt.id,
  };
  const unit = sessionUnit(core, live, [{ kind: "delegate", detail }], asked, (book) =>
    bookHandoff(book, carried, position, other === undefined ? inputs : [], elsewhere),
  );
  if (!unit.ok) return unit;
  const told = other && contextPart(receipt.context, other, inputs, asked);
  const kept: Receipt = { head: unit.to, receipt: receipt.id };
  const idempotency = row(kept);
  const written = await core.writer.write({
    parts: [...unit.parts, ...(told === undefined ? [] : [told])],
    ...(idempotency === undefined ? {} : { idempotency }),
  });
  return written.ok ? done(kept) : written;
};

/** The context a fact is to be kept in, where it is not the session's own: it must be there. */
const otherContext = async (
  core: HostCore,
  session: string,
  context: string | undefined,
): Promise<Result<Cell<ContextState> | undefined>> => {
  if (context === undefined || context === contextOf(session)) return done(undefined);
  const cell = await loadContext(core, context);
  return cell.tentative.seq >= 0
    ? done(cell)
    : refused({ code: "PAR7001", kind: "not-found", what: "context", id: context });
};

const delegate = async (
  core: HostCore,
  caller: Caller,
  id: string,
  request: HandoffCommand,
  row: (receipt: Receipt) => IdempotencyDraft | undefined,
): Promise<Result<Receipt>> => {
  const other = await otherContext(core, id, request.context);
  if (!other.ok) return other;
  const live = await liveSession(core, id);
  if (!live.ok) return live;
  fireDue(core, live);
  const { state } = live.cell;
  const barred = notDelegable(core, state, request.to);
  if (barred !== undefined) return refused(barred);
  if (state.position !== request.expectedHead)
    return refused({
      code: "PAR7002",
      kind: "stale-head",
      session: id,
      expected: request.expectedHead,
      actual: state.position,
    });
  const subject = subjectOf(core, state);
  if (subject === undefined) return refused({ code: "PAR7001", kind: "not-found", what: "session", id });
  const out = carryOut(core, state, subject, { request, now: core.clock.now() });
  // A context that was let go meanwhile is read again with the next try.
  if (out.ok && other.value !== undefined && core.contexts.get(out.carried.receipt.context) !== other.value)
    return refused({ code: "PAR7405", kind: "lost-race", stream: out.carried.receipt.context });
  return out.ok ? write(core, caller, live, out.carried, other.value, row) : out;
};

const answer = async (
  core: HostCore,
  id: string,
  kept: Receipt,
  replayed: boolean,
): Promise<Result<Delegated>> => {
  const view = await readOwnership(core, id);
  if (!view.ok) return view;
  const handoff = view.value.receipts.find(({ receipt }) => receipt.id === kept.receipt);
  if (handoff === undefined) return refused({ code: "PAR7405", kind: "lost-race", stream: WORKSPACE });
  return done({ head: kept.head, handoff, ownership: view.value, replayed });
};

/** Refusals that are kept in the workspace: what was tried on owners, not a slip of the one who asks. */
const AUDITED: ReadonlySet<HostError["kind"]> = new Set([
  "handoff-refused",
  "fork-forbidden",
  "closed-session",
  "not-found",
]);

/**
 * Hands a live session over, in one transaction: the session's own mark, owner,
 * fragments and footprints in the workspace, the fact at both replicas of its
 * context, the receipts signed by both sides (model §5 Handoffs). All of it or,
 * but for one `audit.refused`, nothing. With `failAt` always the latter: the
 * failure is rehearsed, and the record says that it was asked for.
 */
export const delegateHostedSession = (
  core: HostCore,
  caller: Caller,
  id: string,
  request: HandoffCommand,
): Promise<Result<Delegated>> =>
  runCommand<Delegated, Receipt>(core, caller, {
    name: "delegate",
    subject: id,
    request: [id, request],
    restore: (kept) => answer(core, id, kept, true),
    run: async (idempotency) => {
      const result = await delegate(core, caller, id, request, idempotency);
      if (result.ok) return answer(core, id, result.value, false);
      if (AUDITED.has(result.error.kind) && core.workspace.tentative.sessions.get(id) !== undefined)
        await auditRefusal(core, caller, "delegate", id, result.error);
      return result;
    },
  });
