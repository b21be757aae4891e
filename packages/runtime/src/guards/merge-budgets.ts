import type { Budget, EpochAccount, Kept } from "./budget.ts";

/** The later version; of two with one version, which honest keepers never write, the smaller amount. */
const laterKept = (a: Kept, b: Kept): Kept => {
  if (a.version !== b.version) return a.version > b.version ? a : b;
  return a.amount <= b.amount ? a : b;
};

const unite = <K, V>(
  a: ReadonlyMap<K, V>,
  b: ReadonlyMap<K, V>,
  join: (x: V, y: V) => V,
): ReadonlyMap<K, V> => {
  const united = new Map(a);
  for (const [key, value] of b) {
    const mine = united.get(key);
    united.set(key, mine === undefined ? value : join(mine, value));
  }
  return united;
};

const mergeAccounts = (a: EpochAccount, b: EpochAccount): EpochAccount => ({
  limit: laterKept(a.limit, b.limit),
  allotted: unite(a.allotted, b.allotted, laterKept),
  spent: unite(a.spent, b.spent, Math.max),
});

/**
 * What two replicas of one budget know together: per epoch the later limit and
 * allotments and the larger spent of each device; the later epoch. Commutative,
 * associative, idempotent (model §5).
 */
export const mergeBudgets = (a: Budget, b: Budget): Budget => ({
  epoch: Math.max(a.epoch, b.epoch),
  accounts: unite(a.accounts, b.accounts, mergeAccounts),
});
