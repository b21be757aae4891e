import type { BudgetChange } from "@parley/wire/http";
import type { HostCore } from "../core.ts";
import { done, type Result } from "../host-error.ts";
import { durableAuthority } from "./authority-view.ts";

const LIMIT = 200;

/** How the budgets of an authority came to stand as they do, oldest first; the last ones before `before`. */
export const readBudgetHistory = async (
  core: HostCore,
  authority: string,
  asked: {
    readonly context?: string | undefined;
    readonly peer?: string | undefined;
    readonly before?: number | undefined;
    readonly limit?: number | undefined;
  },
): Promise<Result<{ readonly items: readonly BudgetChange[]; readonly more: boolean }>> => {
  const durable = durableAuthority(core, authority);
  if (!durable.ok) return durable;
  const { limit = LIMIT, ...narrowed } = asked;
  const { seq: until } = durable.value;
  return done(await core.store.budgetChanges({ ...narrowed, authority, until, limit }));
};
