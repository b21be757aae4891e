import type { AuthorityInput, Charge } from "@parley/wire";

/** The inputs that change one budget. */
export type PairBudgetInput = Extract<
  AuthorityInput,
  { readonly kind: "budget.limited" | "budget.allotted" | "budget.replenished" | "budget.removed" }
>;

const kinds = {
  "budget.limited": "limited",
  "budget.allotted": "allotted",
  "budget.replenished": "replenished",
  "budget.removed": "removed",
} as const;

const textOf = (input: PairBudgetInput): string => {
  switch (input.kind) {
    case "budget.limited":
      return `limit ${input.limit}`;
    case "budget.allotted":
      return `${input.amount} in escrow of ${input.device}`;
    case "budget.replenished":
      return `${input.amount} more`;
    case "budget.removed":
      return "back to the default";
  }
};

/** How the history of budgets says what happened to one: its kind and a few words. */
export const budgetChangeWords = {
  changed: (input: PairBudgetInput) => ({ kind: kinds[input.kind], text: textOf(input) }),
  charged: ({ label, cost }: Pick<Charge, "label" | "cost">) => ({
    kind: "charged" as const,
    text: `${label} cost ${cost}`,
  }),
  epoch: (epoch: number) => ({ kind: "epoch" as const, text: `epoch ${epoch} begins` }),
};
