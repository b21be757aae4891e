import type { Fact } from "@parley/wire";
import type {
  ContextDiff,
  ContextSummary,
  ContextView,
  FactPage,
  FactProofView,
  FactView,
} from "@parley/wire/http";
import { factId } from "../../journal/fact-id.ts";
import { prove } from "../../journal/inclusion-proof.ts";
import {
  emptyJournal,
  factOf,
  factsInOrder,
  type Journal,
  journalEntries,
  journalRoot,
  journalSize,
} from "../../journal/journal.ts";
import {
  noReplicas,
  type Replicas,
  reachable,
  replicaJournal,
  replicaSummaries,
} from "../../journal/replicas.ts";
import { difference, union } from "../../journal/tree-difference.ts";
import { factProposal } from "../ceremonies/session-proposal.ts";
import type { HostCore } from "../core.ts";
import { done, type HostError, type Result, refused } from "../host-error.ts";
import { loadContext } from "../ledger/append.ts";
import { schemaVersion } from "../migrations/schema-version.ts";
import type { AuthorityState } from "../streams/authority-state.ts";
import { contextOf } from "../streams/context-state.ts";
import { factView } from "./fact-view.ts";
import { resilienceView } from "./sync-tries.ts";

/** Facts a diff lists of each side. */
const DIFF_LIMIT = 500;

const notFound = (what: string, id: string): { readonly ok: false; readonly error: HostError } =>
  refused({ code: "PAR7001", kind: "not-found", what, id });

/** A context at a position: its replicas, and which entry brought what. */
interface ContextAt {
  readonly context: string;
  readonly title: string;
  readonly head: number;
  readonly position: number;
  readonly at: number;
  readonly replicas: Replicas;
}

const contextAt = async (core: HostCore, context: string, at?: number): Promise<Result<ContextAt>> => {
  // Looking keeps nothing of a context that is not there.
  if (!core.contexts.has(context) && (await core.store.head(context)) === undefined)
    return emptyAt(core, context);
  const { durable } = await loadContext(core, context);
  if (durable.seq < 0) return emptyAt(core, context);
  const position = at ?? durable.seq;
  if (position > durable.seq)
    return refused({ code: "PAR7013", kind: "bad-position", at: position, head: durable.seq });
  const replicas = await core.replicas.at(context, position);
  const [entry] = position === durable.seq ? [] : await core.store.read(context, position, 1);
  const when = entry?.entry.at ?? durable.at;
  return done({ context, title: durable.title, head: durable.seq, position, at: when, replicas });
};

/** The context of a session that has recorded nothing yet. */
const emptyAt = (core: HostCore, context: string): Result<ContextAt> => {
  const session = core.workspace.durable.sessions.get(context.startsWith("ctx:") ? context.slice(4) : "");
  if (session?.parent !== null) return notFound("context", context);
  const replicas: Replicas = { context, journals: {}, groups: undefined, untyped: 0 };
  const title = core.workspace.durable.protocols.get(session.protocol)?.name ?? context;
  return done({ context, title, head: 0, position: 0, at: session.createdAt, replicas });
};

/** Everything any replica holds. */
const allOf = (replicas: Replicas): Journal => {
  let all = emptyJournal({ kind: "context", id: replicas.context });
  for (const journal of new Set(Object.values(replicas.journals)))
    all = { namespace: all.namespace, facts: union(all.facts, journal.facts) };
  return all;
};

const sessionOf = (core: HostCore, context: string): string | null => {
  const id = context.startsWith("ctx:") ? context.slice(4) : "";
  return core.workspace.durable.sessions.has(id) ? id : null;
};

const groupsOf = (replicas: Replicas): readonly (readonly string[])[] => {
  const seen = new Set<string>();
  return Object.keys(replicas.journals)
    .sort()
    .flatMap((one) => {
      if (seen.has(one)) return [];
      const group = reachable(replicas, one);
      for (const other of group) seen.add(other);
      return [group];
    });
};

const summaryOf = (core: HostCore, found: ContextAt): ContextSummary => {
  const { context, title, head, at, replicas } = found;
  const summaries = replicaSummaries(replicas);
  const roots = new Set(summaries.map(({ root }) => root));
  return {
    id: context,
    title,
    session: sessionOf(core, context),
    head,
    at,
    facts: journalSize(allOf(replicas)),
    replicas: summaries.length,
    parted: replicas.groups !== undefined,
    converged: roots.size <= 1,
  };
};

const tally = (names: Iterable<string>): readonly (readonly [string, number])[] => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
};

/** A context as it stands, or stood at a position. */
export const readContext = async (
  core: HostCore,
  context: string,
  at?: number,
): Promise<Result<ContextView>> => {
  const found = await contextAt(core, context, at);
  if (!found.ok) return found;
  const { replicas, position } = found.value;
  const all = allOf(replicas);
  const groups = groupsOf(replicas);
  const size = journalSize(all);
  const facts = [...journalEntries(all)].map(([id, fact]) => factView(id, fact, { seq: 0, replicas: [] }));
  return done({
    ...summaryOf(core, found.value),
    replicas: replicaSummaries(replicas).length,
    position,
    resilience: resilienceView((await loadContext(core, context)).durable),
    members: replicaSummaries(replicas).map(({ authority, facts: held, root }) => ({
      authority,
      root,
      facts: held,
      lacks: size - held,
      group: groups.findIndex((group) => group.includes(authority)),
    })),
    groups: groups.map((group) => [...group]),
    types: tally(facts.map(({ type }) => type)).map(([type, count]) => ({ type, facts: count })),
    authorities: tally(facts.map(({ by }) => by)).map(([authority, count]) => ({ authority, facts: count })),
  });
};

/** Contexts, the newest session's first. */
export const listContexts = async (
  core: HostCore,
  filter: { readonly session?: string | undefined; readonly authority?: string | undefined },
): Promise<readonly ContextSummary[]> => {
  const rows: ContextSummary[] = [];
  const everParted = new Set(await core.store.partedContexts());
  const known = [...(await core.store.streams("context"))].sort((a, b) => b.head.commit - a.head.commit);
  for (const { stream } of known) {
    if (filter.session !== undefined && stream !== contextOf(filter.session)) continue;
    const cell = await loadContext(core, stream);
    if (filter.authority !== undefined && !cell.durable.replicas.includes(filter.authority)) continue;
    const { title, seq, at, facts, replicas, groups } = cell.durable;
    if (seq < 0) continue;
    const whole = groups === undefined && !everParted.has(stream);
    const found = whole ? undefined : await contextAt(core, stream);
    rows.push(
      found?.ok
        ? summaryOf(core, found.value)
        : {
            id: stream,
            title,
            session: sessionOf(core, stream),
            head: seq,
            at,
            facts,
            replicas: replicas.length,
            parted: groups !== undefined,
            converged: true,
          },
    );
  }
  return rows;
};

/** Narrows a page of facts. */
export interface FactFilter {
  readonly replica?: string | undefined;
  readonly type?: string | undefined;
  readonly authority?: string | undefined;
  /** ms, both ends counted. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly at?: number | undefined;
  readonly from?: number | undefined;
  readonly limit?: number | undefined;
}

const PAGE_FACTS = 200;

/** Facts with the replicas that hold them and the entries that brought them. */
const viewsOf = async (
  core: HostCore,
  { context, position, replicas }: Pick<ContextAt, "context" | "position" | "replicas">,
  facts: readonly Fact[],
): Promise<readonly FactView[]> => {
  const ids = facts.map(factId);
  const brought = await core.store.factPlaces({ stream: context, ids, position, from: 0 });
  const seqs = new Map(brought.items.map(({ id, seq }) => [id, seq]));
  const journals = Object.entries(replicas.journals).map(
    ([authority, journal]) => [authority, new Set([...journalEntries(journal)].map(([id]) => id))] as const,
  );
  return facts.map((fact, index) => {
    const id = ids[index] ?? "";
    const holders = journals.flatMap(([authority, held]) => (held.has(id) ? [authority] : []));
    const type = fact.content.kind === "generic" ? fact.content.envelope.type : "";
    const version = schemaVersion(core.workspace.durable.services, type);
    const view = factView(id, fact, { seq: seqs.get(id) ?? 0, replicas: holders, version });
    return { ...view, ...factProposal(core, fact) };
  });
};

/** A page of a journal's facts in their order; `whole` when it holds all that its stream brought. */
const pageOf = async (
  core: HostCore,
  journal: Journal,
  filter: FactFilter,
  at: { readonly position: number; readonly whole: boolean },
  show: (facts: readonly Fact[]) => Promise<readonly FactView[]>,
): Promise<FactPage> => {
  const { from = 0, limit = PAGE_FACTS, type, authority: by, since, until } = filter;
  const { position, whole } = at;
  const asked = { stream: journal.namespace.id, type, by, since, until, position };
  const found = await core.store.factPlaces(whole ? { ...asked, from, limit } : { ...asked, from: 0 });
  const held = found.items.flatMap(({ id }) => factOf(journal, id) ?? []);
  const items = await show(whole ? held : held.slice(from, from + limit));
  const total = whole ? found.total : held.length;
  return { items: [...items], total, from, at: position, root: journalRoot(journal) };
};

/** The facts of a context, of one replica or of all. */
export const readFacts = async (
  core: HostCore,
  context: string,
  filter: FactFilter,
): Promise<Result<FactPage>> => {
  const found = await contextAt(core, context, filter.at);
  if (!found.ok) return found;
  const { replicas, position } = found.value;
  const error = replicaError(found.value, filter.replica);
  if (error !== undefined) return refused(error);
  const all = allOf(replicas);
  const journal = filter.replica === undefined ? all : replicaJournal(replicas, filter.replica);
  const at = { position, whole: journalRoot(journal) === journalRoot(all) };
  return done(await pageOf(core, journal, filter, at, (facts) => viewsOf(core, found.value, facts)));
};

const replicaError = (
  { context, replicas }: ContextAt,
  replica: string | undefined,
): HostError | undefined =>
  replica === undefined || replicas.journals[replica] !== undefined
    ? undefined
    : {
        code: "PAR7792",
        kind: "unknown-replica",
        context,
        replica,
        replicas: Object.keys(replicas.journals).sort(),
      };

/** Facts of a context by id, in the order asked. */
export const readFactsById = async (
  core: HostCore,
  context: string,
  ids: readonly string[],
): Promise<readonly FactView[]> => {
  const found = await contextAt(core, context);
  if (!found.ok) return [];
  const all = new Map(journalEntries(allOf(found.value.replicas)));
  return viewsOf(
    core,
    found.value,
    ids.flatMap((id) => all.get(id) ?? []),
  );
};

/** What one position or replica holds that another does not. */
export const readDiff = async (
  core: HostCore,
  context: string,
  asked: {
    readonly from?: number | undefined;
    readonly to?: number | undefined;
    readonly replica?: string | undefined;
    readonly with?: string | undefined;
  },
): Promise<Result<ContextDiff>> => {
  const left = await contextAt(core, context, asked.from);
  if (!left.ok) return left;
  const right = await contextAt(core, context, asked.to);
  if (!right.ok) return right;
  const leftReplica = asked.replica;
  const rightReplica = asked.with ?? asked.replica;
  const error = replicaError(left.value, leftReplica) ?? replicaError(right.value, rightReplica);
  if (error !== undefined) return refused(error);
  const journalIn = ({ replicas }: ContextAt, replica: string | undefined) =>
    replica === undefined ? allOf(replicas) : replicaJournal(replicas, replica);
  const before = journalIn(left.value, leftReplica);
  const after = journalIn(right.value, rightReplica);
  const { onlyA, onlyB } = difference(before.facts, after.facts);
  const show = (found: ContextAt, journal: Journal, ids: readonly string[]) => {
    const wanted = new Set(ids);
    const facts = factsInOrder(journal).filter((fact) => wanted.has(factId(fact)));
    return viewsOf(core, found, facts.slice(0, DIFF_LIMIT));
  };
  const side = (found: ContextAt, replica: string | undefined, journal: Journal) => ({
    at: found.position,
    replica: replica ?? null,
    root: journalRoot(journal),
    facts: journalSize(journal),
  });
  return done({
    from: side(left.value, leftReplica, before),
    to: side(right.value, rightReplica, after),
    added: [...(await show(right.value, after, onlyB))],
    removed: [...(await show(left.value, before, onlyA))],
    counts: { added: onlyB.length, removed: onlyA.length },
  });
};

/** The proof that a replica, or all of them together, hold a fact. */
export const readProof = async (
  core: HostCore,
  context: string,
  asked: { readonly fact: string; readonly replica?: string | undefined; readonly at?: number | undefined },
): Promise<Result<FactProofView>> => {
  const found = await contextAt(core, context, asked.at);
  if (!found.ok) return found;
  const error = replicaError(found.value, asked.replica);
  if (error !== undefined) return refused(error);
  const { replicas, position } = found.value;
  const journal = asked.replica === undefined ? allOf(replicas) : replicaJournal(replicas, asked.replica);
  const proof = prove(journal.facts, asked.fact);
  const fact = new Map(journalEntries(journal)).get(asked.fact);
  if (proof === undefined || fact === undefined) return notFound("fact", asked.fact);
  const [view] = await viewsOf(core, found.value, [fact]);
  if (view === undefined) return notFound("fact", asked.fact);
  return done({ fact: view, root: journalRoot(journal), at: position, proof: { ...proof } });
};

/** A page of an authority's own journal. */
export const readAuthorityFacts = async (
  core: HostCore,
  { stream, seq, journal }: AuthorityState,
  filter: FactFilter,
): Promise<FactPage> =>
  pageOf(core, journal, filter, { position: seq, whole: true }, (facts) =>
    viewsOf(core, { context: stream, position: seq, replicas: noReplicas(stream) }, facts),
  );
