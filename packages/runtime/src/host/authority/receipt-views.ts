import type { Hash, ReceiptBatch, StoredEntry } from "@parley/wire";
import type { CheckedReceipt, ReceiptJson, ReceiptList, ReceiptView } from "@parley/wire/http";
import type { Receipt } from "../../guards/receipt.ts";
import { receiptsOf } from "../../guards/receipt-batch.ts";
import { type PreviousReceipt, type ReceiptVerdict, verifyReceipt } from "../../guards/verify-receipt.ts";
import type { Caller } from "../caller.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import type { ReceiptPlace } from "../ports.ts";
import { budgetId } from "../streams/budget-records.ts";
import { boundKeys } from "../streams/key-records.ts";
import { durableAuthority } from "./authority-view.ts";

const LIMIT = 100;

/** A receipt as it stands in an authority's stream, with the one before it of its pair. */
export interface PlacedReceipt {
  readonly receipt: Receipt;
  readonly previous: PreviousReceipt | undefined;
  readonly seq: number;
  readonly commit: number;
}

/** Walks receipts in order and remembers the last of each pair. */
export class ReceiptWalk {
  private readonly tails = new Map<string, Receipt>();

  /** The receipts of one batch with those before them. */
  next(batch: ReceiptBatch, { entry, commit }: StoredEntry): readonly PlacedReceipt[] {
    return receiptsOf(batch).map((receipt) => {
      const { authority, context, peer } = receipt.charge;
      const pair = `${authority} ${budgetId(context, peer)}`;
      const previous = this.tails.get(pair);
      this.tails.set(pair, receipt);
      return { receipt, previous, seq: entry.seq, commit };
    });
  }
}

/** Checks a receipt against the keys its authority has bound. */
export const verdictOn = (
  core: HostCore,
  receipt: Receipt,
  previous: PreviousReceipt | undefined,
): ReceiptVerdict => {
  const state = core.authorities.get(receipt.charge.authority)?.durable;
  const keys = boundKeys(state?.keys ?? []);
  return verifyReceipt(receipt, { keys, ...(previous === undefined ? {} : { previous }) });
};

/** A receipt as JSON; the shapes are the same. */
const receiptJson = (receipt: Receipt): ReceiptJson => ({
  ...receipt,
  path: receipt.path.map((step) => ({ ...step })),
});

/** A receipt with its steps. */
export const receiptView = (
  core: HostCore,
  placed: PlacedReceipt,
  of: { readonly position: number | null; readonly simulated: boolean },
): ReceiptView => {
  const { receipt, previous, seq, commit } = placed;
  const { ok, steps } = verdictOn(core, receipt, previous);
  return {
    receipt: receiptJson(receipt),
    seq,
    commit: of.simulated ? null : commit,
    session: { id: receipt.charge.session, seq: of.position },
    simulated: of.simulated,
    verified: ok,
    steps: steps.map((step) => ({ ...step })),
  };
};

/** Narrows a list of receipts; `before` is a seq of the authority's stream. */
export interface ReceiptFilter {
  readonly context?: string | undefined;
  readonly peer?: string | undefined;
  readonly session?: string | undefined;
  readonly before?: number | undefined;
  readonly limit?: number | undefined;
}

/** Receipts where they stand: each entry is read once. */
const receiptsAt = async (
  core: HostCore,
  places: readonly ReceiptPlace[],
): Promise<readonly PlacedReceipt[]> => {
  const read = new Map<string, Promise<readonly StoredEntry[]>>();
  const placed = places.map(async ({ authority, seq, index, previous }) => {
    const key = `${authority} ${seq}`;
    const entries = read.get(key) ?? core.store.read(authority, seq, 1);
    read.set(key, entries);
    const [stored] = await entries;
    if (stored?.entry.input.kind !== "sends.settled") return [];
    const receipt = receiptsOf(stored.entry.input.batch)[index];
    if (receipt === undefined) return [];
    const before = previous && { id: previous.id, charge: { ...receipt.charge, ...previous } };
    return [{ receipt, previous: before, seq, commit: stored.commit }];
  });
  return (await Promise.all(placed)).flat();
};

/** The receipts of an authority, newest first. */
export const readReceipts = async (
  core: HostCore,
  authority: string,
  filter: ReceiptFilter,
): Promise<Result<ReceiptList>> => {
  const state = durableAuthority(core, authority);
  if (!state.ok) return state;
  const { limit = LIMIT, ...narrowed } = filter;
  const until = state.value.seq;
  const { items, total } = await core.store.receipts({ ...narrowed, authority, until, limit });
  const placed = await receiptsAt(core, items);
  return done({
    items: placed.map((one) => receiptView(core, one, { position: null, simulated: false })),
    total,
  });
};

/** One receipt by id. */
export const readReceipt = async (core: HostCore, id: Hash): Promise<Result<ReceiptView>> => {
  const { items } = await core.store.receipts({ id, limit: 1 });
  const [found] = await receiptsAt(core, items);
  return found === undefined
    ? refused({ code: "PAR7001", kind: "not-found", what: "receipt", id })
    : done(receiptView(core, found, { position: null, simulated: false }));
};

const refuseReceipt = (receipt: Receipt, { steps }: ReceiptVerdict): Result<never> =>
  refused({
    code: "PAR7786",
    kind: "forged-receipt",
    receipt: receipt.id,
    step: steps.find(({ ok }) => !ok)?.step ?? "",
    steps,
  });

/**
 * Judges a receipt somebody presents: each step of its own, whether its place
 * in the chain is another's, and whether its epoch is the present one. Refused
 * when it does not hold; nothing is written either way.
 */
export const checkReceipt = async (
  core: HostCore,
  caller: Caller,
  json: ReceiptJson,
): Promise<Result<CheckedReceipt>> => {
  const receipt: Receipt = json;
  const judged = await judgeReceipt(core, receipt);
  if (!judged.ok) {
    const { actor } = caller;
    const { authority: subject } = receipt.charge;
    core.refusals.note({
      at: core.clock.now(),
      actor,
      command: "check-receipt",
      subject,
      error: judged.error,
    });
  }
  return judged;
};

const judgeReceipt = async (core: HostCore, receipt: Receipt): Promise<Result<CheckedReceipt>> => {
  const { authority, epoch, nonce } = receipt.charge;
  const state = durableAuthority(core, authority);
  if (!state.ok) return state;
  const place = await core.store.receiptTaking(receipt.charge);
  const [taken] = await receiptsAt(core, place === undefined ? [] : [place]);
  const verdict = verdictOn(core, receipt, taken?.previous);
  const own = verdict.steps.filter(({ step }) => step !== "chain" && step !== "nonce");
  if (own.some(({ ok }) => !ok)) return refuseReceipt(receipt, verdict);
  if (taken !== undefined && taken.receipt.id !== receipt.id)
    return refused({
      code: "PAR7787",
      kind: "replayed-nonce",
      receipt: receipt.id,
      nonce,
      taken: taken.receipt.id,
      steps: verdict.steps,
    });
  if (!verdict.ok) return refuseReceipt(receipt, verdict);
  const current = state.value.budgets.epoch;
  if (epoch !== current) return refused({ code: "PAR7788", kind: "wrong-epoch", epoch, current });
  return done({ ok: true, steps: verdict.steps.map((step) => ({ ...step })) });
};
