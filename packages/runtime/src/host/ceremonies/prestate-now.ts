import type { Fact } from "@parley/wire";
import type { PrestateView } from "@parley/wire/http";
import { prestateError, prestateHash } from "../../consensus/index.ts";
import {
  addFacts,
  emptyJournal,
  type Journal,
  join,
  journalEntries,
  journalRoot,
} from "../../journal/journal.ts";
import { type Replicas, reachable, replicaJournal } from "../../journal/replicas.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import { ceremonyRefusal } from "./ceremony-refusal.ts";
import { factFields, proposalOf, sessionOfFact } from "./session-proposal.ts";

/** Whose state a ceremony stands on, and which sessions run for it. */
export interface PrestateAsked {
  readonly initiator: string;
  readonly authorities: readonly string[];
  /** Sessions that run for it: what they record is the ceremony's own. */
  readonly sessions: readonly string[];
}

/** Whether what a session records is left out. */
type Leaves = (session: string) => boolean;

/**
 * Whether a fact is something that was decided: what ceremonies say on the way
 * is not, or none could begin beside another; nor is what a session records
 * that is left out.
 */
const counts = (fact: Fact, leaves: Leaves): boolean => {
  const { content } = fact;
  if (content.kind !== "generic") return true;
  const { type } = content.envelope;
  if (type.startsWith("ceremony.")) return factFields(fact).kind === "CeremonyCommitted";
  const session = sessionOfFact(fact);
  return session === undefined || !leaves(session);
};

/** What the initiator's replica holds; one that has none yet would begin with what it reaches. */
const journalOf = (replicas: Replicas, initiator: string): Journal => {
  if (replicas.journals[initiator] !== undefined) return replicaJournal(replicas, initiator);
  const empty = emptyJournal({ kind: "context", id: replicas.context });
  return reachable(replicas, initiator).reduce((all: Journal, other) => {
    const joined = join(all, replicaJournal(replicas, other));
    return joined.ok ? joined.journal : all;
  }, empty);
};

const contextCommitment = (replicas: Replicas, initiator: string, leaves: Leaves): string => {
  const journal = journalOf(replicas, initiator);
  const all = [...journalEntries(journal)].map(([, fact]) => fact);
  const kept = all.filter((fact) => counts(fact, leaves));
  return kept.length === all.length
    ? journalRoot(journal)
    : journalRoot(addFacts(emptyJournal(journal.namespace), kept));
};

/**
 * What a ceremony stands on now (spec/aura-state.md §17.1): the journal root of
 * every authority that takes part, and the context's as the initiator sees it,
 * without what ceremonies say before they commit, what its own sessions record,
 * and what is still the proposal of another ceremony.
 */
export const prestateNow = (
  core: Pick<HostCore, "authorities" | "workspace">,
  { initiator, authorities, sessions }: PrestateAsked,
  replicas: Replicas,
): Result<PrestateView> => {
  const names = [...new Set([initiator, ...authorities])].sort();
  const roots = names.flatMap((authority) => {
    const journal = core.authorities.get(authority)?.tentative.journal;
    return journal === undefined ? [] : [{ authority, commitment: journalRoot(journal) }];
  });
  const { ceremonies: records } = core.workspace.tentative;
  const leaves: Leaves = (session) =>
    sessions.includes(session) || proposalOf(records, session) !== undefined;
  const prestate = { authorities: roots, context: contextCommitment(replicas, initiator, leaves) };
  const error = prestateError(prestate);
  return error === undefined
    ? done({ hash: prestateHash(prestate), ...prestate })
    : refused(ceremonyRefusal(error));
};
