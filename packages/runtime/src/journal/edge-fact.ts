import { encodeCanonical, type Fact, type FactContent } from "@parley/wire";
import { contentOrder } from "./fact-id.ts";

/** The type of the fact that a send records for one name of its `journal_facts`. */
export const edgeFactType = "session.edge";

/** What a `session.edge` fact says, by field. */
export interface EdgeFactPayload {
  /** The name listed in `journal_facts`. */
  readonly fact: string;
  readonly session: string;
  readonly edgeId: string;
  readonly role: string;
  readonly label: string;
  /** Tells the sends of one edge in one session apart; the caller never gives a number twice. */
  readonly seq: number;
}

/** The schemas an edge's fact can be written in: 2 says who recorded it, 3 calls its name a name. */
export type EdgeFactVersion = 1 | 2 | 3;

const payloadAt = (version: EdgeFactVersion, payload: EdgeFactPayload, by: string): unknown => {
  if (version === 1) return payload;
  if (version === 2) return { ...payload, by };
  const { fact: name, ...rest } = payload;
  return { name, ...rest, by };
};

/** An edge's fact before it is a journal entry: where it goes, who adds it, when. */
export interface EdgeFactRequest extends EdgeFactPayload {
  readonly context: string;
  readonly by: string;
  /** Session time of the send, ms: shown and filtered by, never ordered by. */
  readonly at: number;
}

/**
 * The journal entry of one fact that a send records. Its order is the hash of
 * its content, so making it twice gives one fact and two sends give two
 * (spec/aura-state.md §4.2).
 */
export const edgeFact = (request: EdgeFactRequest, version: EdgeFactVersion = 1): Fact => {
  const { context, by, at, fact, session, edgeId, role, label, seq } = request;
  const payload: EdgeFactPayload = { fact, session, edgeId, role, label, seq };
  const content: FactContent = {
    kind: "generic",
    context,
    envelope: {
      type: edgeFactType,
      version,
      encoding: "DagCbor",
      payload: encodeCanonical(payloadAt(version, payload, by)),
    },
  };
  return { order: contentOrder(content), time: { kind: "physical", ms: at }, by, content };
};
