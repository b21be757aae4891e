import type { AuthorityInput, Charge, HandoffSignature } from "@parley/wire";
import { addFacts, emptyJournal, type Journal } from "../../journal/journal.ts";
import { type BudgetRecords, foldBudget, noBudgets, settleCharge } from "./budget-records.ts";
import { foldGroup, type GroupRecords } from "./group-records.ts";
import { foldKey, type KeyRecord } from "./key-records.ts";
import { foldLeakage, type LeakageRecords, noLeakages, settleLeakage } from "./leakage-records.ts";
import { emptyMap, type PersistentMap, putInto } from "./persistent-map.ts";
import { emptyBase, type StreamBase } from "./stream-state.ts";
import { foldToken, noTokens, type TokenRecords } from "./token-records.ts";

/**
 * The fold of one authority's stream: who it is and its devices, its keys,
 * tokens, budgets and leakage, and its own journal. Receipts are its entries;
 * of them the fold keeps the end of each chain. Every thing a guard reads has
 * the seq of the entry that last changed it as its version.
 */
export interface AuthorityState extends StreamBase {
  readonly name: string;
  /** Hue of its colour, in degrees. */
  readonly hue: number;
  readonly devices: readonly { readonly id: string; readonly name: string }[];
  readonly keys: readonly KeyRecord[];
  readonly tokens: TokenRecords;
  readonly budgets: BudgetRecords;
  readonly leakage: LeakageRecords;
  readonly journal: Journal;
  /** Keys it holds together with others, by ceremony. */
  readonly groups: GroupRecords;
  /** What it signed of handoffs, by the receipt's id and the side. */
  readonly handoffs: PersistentMap<HandoffSignature>;
}

/** The key of a side's signature in `handoffs`. */
export const handoffKey = (receipt: string, role: HandoffSignature["role"]): string => `${receipt} ${role}`;

export const emptyAuthority = (stream: string): AuthorityState => ({
  ...emptyBase(stream),
  name: "",
  hue: 0,
  devices: [],
  keys: [],
  tokens: noTokens,
  budgets: noBudgets,
  leakage: noLeakages,
  journal: emptyJournal({ kind: "authority", id: stream }),
  groups: [],
  handoffs: emptyMap(),
});

/** The state after one charge that the entry `seq` settles. */
export const settled = (state: AuthorityState, charge: Charge, seq: number): AuthorityState => ({
  ...state,
  budgets: settleCharge(state.budgets, charge, seq),
  leakage: settleLeakage(state.leakage, charge, seq),
});

export const foldAuthority = (state: AuthorityState, input: AuthorityInput): AuthorityState => {
  const seq = state.seq + 1;
  switch (input.kind) {
    case "authority.created":
      return { ...state, name: input.name, hue: input.hue };
    case "device.added":
      return { ...state, devices: [...state.devices, { id: input.device, name: input.name }] };
    case "key.bound":
    case "key.retired":
      return { ...state, keys: foldKey(state.keys, input, { seq, epoch: state.budgets.epoch }) };
    case "key.rotated": {
      const keys = foldKey(state.keys, input, { seq, epoch: state.budgets.epoch });
      const begun = { kind: "budget.epoch", epoch: input.epoch } as const;
      return { ...state, keys, budgets: foldBudget(state.budgets, begun, seq) };
    }
    case "authority.facts":
      return { ...state, journal: addFacts(state.journal, input.facts) };
    case "token.issued":
    case "token.presented":
    case "token.revoked":
      return { ...state, tokens: foldToken(state.tokens, input, seq) };
    case "budget.limited":
    case "budget.allotted":
    case "budget.replenished":
    case "budget.epoch":
    case "budget.removed":
      return { ...state, budgets: foldBudget(state.budgets, input, seq) };
    case "leakage.limited":
    case "leakage.reset":
      return { ...state, leakage: foldLeakage(state.leakage, input, seq) };
    case "handoff.signed": {
      const { kind: _kind, receipt, ...signature } = input;
      return { ...state, handoffs: putInto(state.handoffs, handoffKey(receipt, input.role), signature) };
    }
    case "group.prepared":
    case "group.committed":
    case "group.rolledBack":
      return { ...state, groups: foldGroup(state.groups, input, seq) };
    case "sends.settled":
      return input.batch.charges.reduce((before, charge) => settled(before, charge, seq), state);
  }
};
