import { type DecisionPolicy, hashText } from "@parley/wire";
import { mulberry32 } from "../../machine/mulberry32.ts";
import type { DecisionOption } from "../../machine/request.ts";

/** Where a decision policy stands: the state of its generator and how often each choice was made. */
export interface PolicyCursor {
  readonly random: number;
  readonly turns: { readonly [choice: string]: number };
}

/** The generator's first state, from the session's seed. */
export const firstCursor = (seed: string): PolicyCursor => ({
  random: Number.parseInt(hashText(`parley.decisions/1:${seed}`).slice(0, 8), 16),
  turns: {},
});

/** One choice of one endpoint, told apart by where it is in the source. */
const choiceKey = (role: string, endpoint: string, options: readonly DecisionOption[]): string =>
  JSON.stringify([role, endpoint, options[0]?.edgeId ?? ""]);

/** The option a policy takes where nobody decided; `ask` takes none. */
export const policyOption = (
  policy: DecisionPolicy,
  cursor: PolicyCursor,
  asked: { readonly role: string; readonly endpoint: string; readonly options: readonly DecisionOption[] },
): DecisionOption | undefined => {
  const { options } = asked;
  switch (policy) {
    case "ask":
    case "script":
      return undefined;
    case "first":
      return options[0];
    case "random":
      return options[mulberry32(cursor.random).bits % options.length];
    case "roundRobin": {
      const turn = cursor.turns[choiceKey(asked.role, asked.endpoint, options)] ?? 0;
      return options[turn % options.length];
    }
  }
};

/** The cursor after a policy's decision took effect. */
export const advanceCursor = (
  policy: DecisionPolicy,
  cursor: PolicyCursor,
  asked: { readonly role: string; readonly endpoint: string; readonly options: readonly DecisionOption[] },
): PolicyCursor => {
  if (policy === "random") return { ...cursor, random: mulberry32(cursor.random).state };
  if (policy !== "roundRobin") return cursor;
  const key = choiceKey(asked.role, asked.endpoint, asked.options);
  return { ...cursor, turns: { ...cursor.turns, [key]: (cursor.turns[key] ?? 0) + 1 } };
};
