import type { AuthorityView, BudgetView, LeakageView } from "@parley/wire/http";
import { accountOf, budgetView as totals } from "../../guards/budget.ts";
import { activeLeaves, treeCommitment } from "../../journal/commitment-tree/authority-tree.ts";
import { journalRoot, journalSize } from "../../journal/journal.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import type { AuthorityState } from "../streams/authority-state.ts";
import { budgetId, budgetsInOrder, type PairBudget } from "../streams/budget-records.ts";
import type { GroupRecord } from "../streams/group-records.ts";
import { type KeyRecord, presentKey } from "../streams/key-records.ts";
import { type ContextLeakage, leakageId, leakageState, leakagesInOrder } from "../streams/leakage-records.ts";
import { tokensInOrder } from "../streams/token-records.ts";
import { treeOfAuthority } from "./seed-tree.ts";
import { tokenView } from "./token-view.ts";

/** One budget as shown. */
export const budgetView = (pair: PairBudget): BudgetView => {
  const { context, peer, budget, limited, tail, version } = pair;
  const { limit, spent, epoch } = totals(budget);
  const account = accountOf(budget);
  const devices = [...new Set([...account.allotted.keys(), ...account.spent.keys()])].sort();
  return {
    id: budgetId(context, peer),
    context,
    peer,
    limit,
    spent,
    left: Math.max(0, limit - spent),
    epoch,
    limited,
    devices: devices.map((device) => ({
      device,
      allotted: account.allotted.get(device)?.amount ?? 0,
      spent: account.spent.get(device) ?? 0,
    })),
    receipts: tail.count,
    version,
  };
};

/** What leaked in one context, as it counts at a time. */
export const leakageView = (leakage: ContextLeakage, at: number): LeakageView => {
  const { context, limited, version } = leakage;
  const { limits, consumed } = leakageState(leakage, at);
  return { id: leakageId(context), context, limits, consumed, limited, version };
};

const keyView = ({
  key,
  purpose,
  device,
  epoch,
  seq,
  retired,
}: KeyRecord): AuthorityView["keys"][number] => ({
  key,
  purpose,
  device: device ?? null,
  epoch,
  seq,
  retired: retired === undefined ? null : { ...retired },
});

const treeView = (state: AuthorityState): AuthorityView["tree"] => {
  const tree = treeOfAuthority(state);
  const deviceOf = new Map(state.keys.map(({ key, device }) => [key, device]));
  if (tree.leaves.length === 0) return null;
  return {
    epoch: tree.epoch,
    threshold: tree.threshold,
    commitment: treeCommitment(tree),
    leaves: activeLeaves(tree).map(({ id, role, publicKey }) => ({
      leaf: id,
      role,
      publicKey,
      device: deviceOf.get(publicKey) ?? null,
    })),
  };
};

const groupView = ({ of: kind, group, ceremony, context, epoch, state }: GroupRecord) => ({
  ceremony,
  kind,
  context,
  epoch,
  state,
  publicKey: group.publicKey,
  threshold: group.threshold,
  participants: [...group.participants],
});

/** What concerns a context: all there is when none is named. */
const inContext =
  (context: string | undefined) =>
  (of: { readonly context: string }): boolean =>
    context === undefined || of.context === context;

/** An authority with all it holds; of budgets, leakage and tokens only what concerns a context, where one is named. */
export const authorityView = (state: AuthorityState, now: number, context?: string): AuthorityView => ({
  id: state.stream,
  name: state.name,
  hue: state.hue,
  head: state.seq,
  at: state.at,
  epoch: state.budgets.epoch,
  devices: state.devices.map(({ id, name }) => ({
    id,
    name,
    key: presentKey(state.keys, "device", id) ?? null,
    token: state.tokens.presented[id]?.token ?? null,
  })),
  keys: state.keys.map(keyView),
  tree: treeView(state),
  tokens: tokensInOrder(state.tokens)
    .filter(({ record: { scope } }) => scope.kind !== "context" || inContext(context)(scope))
    .map((kept) => tokenView(state, kept)),
  budgets: budgetsInOrder(state.budgets).filter(inContext(context)).map(budgetView),
  leakage: leakagesInOrder(state.leakage)
    .filter(inContext(context))
    .map((one) => leakageView(one, now)),
  journal: { root: journalRoot(state.journal), facts: journalSize(state.journal) },
  groups: state.groups.map(groupView).reverse(),
  receipts: state.budgets.receipts,
});

/** The durable state of an authority, or that there is none. */
export const durableAuthority = (core: HostCore, id: string): Result<AuthorityState> => {
  const state = core.authorities.get(id)?.durable;
  return state === undefined || state.seq < 0
    ? refused({ code: "PAR7001", kind: "not-found", what: "authority", id })
    : done(state);
};

/** An authority as it stands. */
export const readAuthority = (core: HostCore, id: string, context?: string): Result<AuthorityView> => {
  const state = durableAuthority(core, id);
  return state.ok ? done(authorityView(state.value, core.clock.now(), context)) : state;
};
