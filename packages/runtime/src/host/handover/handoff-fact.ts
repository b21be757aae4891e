import type { ContextInput, Fact } from "@parley/wire";
import { contentOrder } from "../../journal/fact-id.ts";
import type { SessionDelegationFact } from "../../reconfiguration/index.ts";
import type { ContextState } from "../streams/context-state.ts";

/** The fact a handoff leaves; its generation tells two handoffs of one moment apart. */
export const handoffFact = (told: SessionDelegationFact, generation: number): Fact => {
  const content: Fact["content"] = {
    kind: "protocol",
    variant: "SessionDelegation",
    fields: { ...told, generation },
  };
  return {
    order: contentOrder(content),
    time: { kind: "physical", ms: told.timestamp },
    by: told.from_authority,
    content,
  };
};

const groupOf = (groups: NonNullable<ContextState["groups"]>, authority: string): number =>
  groups.findIndex((group) => group.includes(authority));

/** Whether two replicas reach each other; one that is in no group is alone. */
const reach = ({ groups }: Pick<ContextState, "groups">, one: string, other: string): boolean =>
  one === other ||
  groups === undefined ||
  (groupOf(groups, one) >= 0 && groupOf(groups, one) === groupOf(groups, other));

/** What a context is told of a handoff: both sides keep a replica, and both replicas hold the fact. */
export const handoffFacts = (
  state: Pick<ContextState, "groups">,
  replicas: readonly string[],
  fact: Fact,
  to: string,
): readonly ContextInput[] => {
  const from = fact.by;
  const fresh = [...new Set([from, to])].filter((one) => !replicas.includes(one));
  return [
    ...(fresh.length === 0 ? [] : [{ kind: "replica.joined", authorities: fresh } as const]),
    { kind: "facts.added", replica: from, facts: [fact] },
    ...(reach(state, from, to) ? [] : [{ kind: "facts.added", replica: to, facts: [fact] } as const]),
  ];
};
