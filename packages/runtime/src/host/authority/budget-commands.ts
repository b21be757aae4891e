import type { AuthorityInput } from "@parley/wire";
import type { AuthorityView, BudgetView, LeakageView } from "@parley/wire/http";
import type { BudgetRefusal } from "../../guards/budget.ts";
import type { Caller } from "../caller.ts";
import type { HostCore } from "../core.ts";
import { done, type HostError, type Result, refused } from "../host-error.ts";
import { changeBudget, pairBudget } from "../streams/budget-records.ts";
import { contextLeakage } from "../streams/leakage-records.ts";
import { authorityCommand } from "./authority-command.ts";
import { budgetView, leakageView, readAuthority } from "./authority-view.ts";

type PairInput = Extract<
  AuthorityInput,
  { readonly kind: "budget.limited" | "budget.allotted" | "budget.replenished" | "budget.removed" }
>;

const refusalOf = (refusal: BudgetRefusal): HostError => {
  const amounts = Object.entries(refusal).flatMap(([name, value]) =>
    typeof value === "number" ? [[name, value] as const] : [],
  );
  return {
    code: "PAR7789",
    kind: "budget-refused",
    reason: refusal.kind,
    amounts: Object.fromEntries(amounts),
  };
};

/** A context there can be budgets in: a session's own. */
const contextError = (core: HostCore, context: string): HostError | undefined => {
  const session = context.startsWith("ctx:") ? context.slice(4) : "";
  const record = core.workspace.tentative.sessions.get(session);
  return record?.parent === null
    ? undefined
    : { code: "PAR7001", kind: "not-found", what: "context", id: context };
};

/** Changes one budget by an input; what the laws of budgets refuse is refused. */
export const budgetCommand = (
  core: HostCore,
  caller: Caller,
  authority: string,
  input: PairInput,
): Promise<Result<BudgetView>> =>
  authorityCommand<BudgetView, null>(core, caller, {
    name: input.kind,
    authority,
    request: input,
    plan: (state) => {
      const { context, peer } = input;
      const missing = contextError(core, context);
      if (missing !== undefined) return refused(missing);
      if (!core.authorities.has(peer))
        return refused({ code: "PAR7001", kind: "not-found", what: "authority", id: peer });
      if (input.kind === "budget.allotted" && !state.devices.some(({ id }) => id === input.device))
        return refused({ code: "PAR7001", kind: "not-found", what: "device", id: input.device });
      const changed = changeBudget(pairBudget(state.budgets, context, peer), input);
      return changed.ok ? done({ inputs: [input], receipt: null }) : refused(refusalOf(changed.refusal));
    },
    answer: async () => {
      const state = core.authorities.get(authority)?.durable;
      return state === undefined
        ? refused({ code: "PAR7001", kind: "not-found", what: "authority", id: authority })
        : done(budgetView(pairBudget(state.budgets, input.context, input.peer)));
    },
  });

/** Begins a later epoch: every budget of the authority starts at nothing spent. */
export const epochCommand = (
  core: HostCore,
  caller: Caller,
  authority: string,
  epoch: number,
): Promise<Result<AuthorityView>> =>
  authorityCommand<AuthorityView, null>(core, caller, {
    name: "budget.epoch",
    authority,
    request: epoch,
    plan: ({ budgets }) =>
      epoch > budgets.epoch
        ? done({ inputs: [{ kind: "budget.epoch", epoch }], receipt: null })
        : refused({ code: "PAR7788", kind: "wrong-epoch", epoch, current: budgets.epoch }),
    answer: async () => readAuthority(core, authority),
  });

/** Sets the leakage limits of a context, or lets its window begin anew. */
export const leakageCommand = (
  core: HostCore,
  caller: Caller,
  authority: string,
  input: Extract<AuthorityInput, { readonly kind: "leakage.limited" | "leakage.reset" }>,
): Promise<Result<LeakageView>> =>
  authorityCommand<LeakageView, null>(core, caller, {
    name: input.kind,
    authority,
    request: input,
    plan: () => {
      const missing = contextError(core, input.context);
      return missing === undefined ? done({ inputs: [input], receipt: null }) : refused(missing);
    },
    answer: async () => {
      const state = core.authorities.get(authority)?.durable;
      return state === undefined
        ? refused({ code: "PAR7001", kind: "not-found", what: "authority", id: authority })
        : done(leakageView(contextLeakage(state.leakage, input.context), core.clock.now()));
    },
  });
