import type { GuardedSend } from "@parley/wire/http";

export type Verdict = GuardedSend["verdicts"][number];
export type GuardName = Verdict["guard"];

/** The guards in the order of the chain, and what one says that was asked for nothing. */
export const guardChain: readonly {
  readonly guard: GuardName;
  readonly title: string;
  readonly nothing: string;
}[] = [
  { guard: "capability", title: "Capability", nothing: "The message needs none." },
  { guard: "flow", title: "Flow budget", nothing: "The message costs nothing." },
  { guard: "journal", title: "Journal", nothing: "The message leaves no fact." },
  { guard: "leakage", title: "Leakage", nothing: "The message tells no observer anything." },
];

/** What a guard said in one line. */
export const verdictWords = ({ guard, allow, subject, reason }: Verdict): string => {
  if (!allow) return reason ?? "denied";
  switch (guard) {
    case "capability":
      return subject === null ? "admitted" : `${subject} is admitted`;
    case "flow":
      return subject === null ? "can be paid" : `can be paid to ${subject}`;
    case "journal":
      return subject === null ? "recorded" : `records ${subject.split(",").join(", ")}`;
    case "leakage":
      return `${subject ?? "observers"} may learn of it`;
  }
};

type Legs = NonNullable<GuardedSend["legs"]>;

/** Which leg of its broadcast an edge is, counted from 1: `2#1` → 2. */
export const legOf = (edge: string): number => Number(/#(\d+)$/.exec(edge)?.[1] ?? 0) + 1;

/** What the legs of a broadcast need of one budget. */
export const budgetWords = ({ peer, legs, needs, left }: Legs["budgets"][number]): string =>
  `${legs} ${legs === 1 ? "leg needs" : "legs need"} ${needs} of ${left} towards ${peer}`;

/** What the first leg of a broadcast was checked for, in one line. */
export const legsWords = ({ count, budgets }: Legs): string => {
  const checks = `Checks ${count} legs at once`;
  const [only, ...more] = budgets;
  if (only === undefined) return `${checks}.`;
  return more.length === 0
    ? `${checks}, needs ${only.needs} of ${only.left} towards ${only.peer}.`
    : `${checks}:`;
};

/** `{context, peer}` of `budget:<context>:<peer>`. */
export const pairOf = (id: string): { readonly context: string; readonly peer: string } => {
  const name = id.replace(/^budget:/, "");
  const at = name.lastIndexOf(":");
  return { context: name.slice(0, at), peer: name.slice(at + 1) };
};

interface Place {
  readonly tab: string;
  readonly token?: string;
  readonly context?: string;
  readonly peer?: string;
}

/** Where on the authority's page something that was read is shown; the frontier is its tokens. */
export const placeOfRead = ({ id, kind }: Verdict["reads"][number]): Place => {
  switch (kind) {
    case "token":
      return { tab: "tokens", token: id };
    case "frontier":
      return { tab: "tokens" };
    case "budget":
      return { tab: "budgets", ...pairOf(id) };
    case "leakage":
      return { tab: "leakage", context: id.replace(/^leakage:/, "") };
  }
};
