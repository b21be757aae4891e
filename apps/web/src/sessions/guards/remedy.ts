import type { AuthorityView, GuardedSend } from "@parley/wire/http";

type Denial = NonNullable<GuardedSend["denial"]>;

/** Something that may let a denied message go on. */
export type Remedy = "replenish" | "limit" | "issue" | "present" | "leakage" | "window";

/** What can be done about a denial, the likeliest first. */
export const remediesOf = (denial: Denial): readonly Remedy[] => {
  switch (denial.kind) {
    case "token":
      return ["issue", "present"];
    case "budget":
      return denial.budget === null ? [] : ["replenish", "limit"];
    case "leakage":
      return ["leakage", "window"];
  }
};

export const remedyWords: Readonly<Record<Remedy, string>> = {
  replenish: "Replenish",
  limit: "Raise the limit",
  issue: "Issue a token",
  present: "Present another token",
  leakage: "Raise the leakage limit",
  window: "Begin the window anew",
};

/** How much a budget lacks for a message. */
export const shortOf = ({ limit, spent, needed }: NonNullable<Denial["budget"]>): number =>
  Math.max(1, needed - Math.max(0, limit - spent));

/** The observer class a denied leakage verdict is about, and how much of it the message would tell. */
export const observerOf = (send: GuardedSend): "external" | "neighbor" | "inGroup" => {
  const subject = send.verdicts.find(({ guard, allow }) => guard === "leakage" && !allow)?.subject;
  return subject === "external" || subject === "inGroup" ? subject : "neighbor";
};

/** The capability a message was denied for. */
export const missingOf = (send: GuardedSend): string | undefined =>
  send.verdicts.find(({ guard, allow }) => guard === "capability" && !allow)?.subject ?? undefined;

/** Tokens of an authority that could be presented instead: not revoked, of every context, with the capability. */
export const otherTokens = (
  authority: AuthorityView,
  device: string,
  capability: string | undefined,
): AuthorityView["tokens"] =>
  authority.tokens.filter(
    ({ revoked, scope, capabilities, presentedBy }) =>
      revoked === null &&
      scope.kind !== "storage" &&
      !presentedBy.includes(device) &&
      (capability === undefined || capabilities.includes(capability)),
  );
