import { bytesToHex } from "@noble/hashes/utils.js";
import type { ContextInput, Fact } from "@parley/wire";
import type { AddedFacts, AddFactsRequest, ContextView, Synced } from "@parley/wire/http";
import { syncReplicas } from "../../journal/anti-entropy.ts";
import { encodeFactPayload } from "../../journal/fact-envelope.ts";
import { type FactChecks, type FactFault, factFault } from "../../journal/fact-fault.ts";
import { factId } from "../../journal/fact-id.ts";
import { factOf } from "../../journal/journal.ts";
import { type Replicas, reachable, replicaJournal } from "../../journal/replicas.ts";
import type { Caller } from "../caller.ts";
import { type IdempotencyDraft, runCommand } from "../commands/command.ts";
import type { HostCore } from "../core.ts";
import { done, type HostError, type Result, refused } from "../host-error.ts";
import { contextPart, loadContext } from "../ledger/append.ts";
import { onSettled } from "../ledger/settled-context.ts";
import { schemaVersion } from "../migrations/schema-version.ts";
import type { ContextState } from "../streams/context-state.ts";
import { boundKeys } from "../streams/key-records.ts";
import { readContext, readFactsById } from "./context-view.ts";
import { factTypesOf } from "./fact-types.ts";
import { breakerError, noteSyncDeadlines, triedInputs } from "./sync-tries.ts";

const notFound = (id: string): { readonly ok: false; readonly error: HostError } =>
  refused({ code: "PAR7001", kind: "not-found", what: "context", id });

/** What begins the context of a session in which nothing has been recorded yet. */
const beginning = async (
  core: HostCore,
  context: string,
): Promise<Result<{ readonly inputs: readonly ContextInput[]; readonly authorities: readonly string[] }>> => {
  const known = core.contexts.get(context) ?? (await loadContext(core, context));
  if (known.tentative.seq >= 0) return done({ inputs: [], authorities: [] });
  const session = context.startsWith("ctx:") ? context.slice(4) : "";
  if (core.workspace.tentative.sessions.get(session)?.parent !== null) return notFound(context);
  const loaded = await core.sessions.load(session);
  if (!loaded.ok) return notFound(context);
  const { title, seats } = loaded.cell.state.pin;
  const authorities = [...new Set(seats.map(({ authority }) => authority))];
  const inputs: ContextInput[] = [
    { kind: "context.created", stream: context, title },
    { kind: "replica.joined", authorities },
  ];
  return done({ inputs, authorities });
};

interface ContextCommand<T, R> {
  readonly name: string;
  readonly context: string;
  readonly request: unknown;
  /** What to write; `replicas` are those of `state`. */
  readonly plan: (
    state: Pick<ContextState, "replicas" | "groups" | "pairs" | "at">,
    replicas: Replicas,
  ) => Result<{ readonly inputs: readonly ContextInput[]; readonly receipt: R }>;
  readonly answer: (receipt: R) => Promise<Result<T>>;
}

/** Runs a command on a context: judged on its present replicas, written whole or not at all. */
const runOnContext = async <T, R>(
  core: HostCore,
  caller: Caller,
  { context, plan, answer }: ContextCommand<T, R>,
  idempotency: (receipt: R) => IdempotencyDraft | undefined,
): Promise<Result<T>> => {
  const begun = await beginning(core, context);
  if (!begun.ok) return begun;
  return onSettled(core, context, async (cell, replicas): Promise<Result<T>> => {
    const { seq, groups, pairs, at } = cell.tentative;
    const members = seq < 0 ? begun.value.authorities : cell.tentative.replicas;
    const planned = plan({ replicas: members, groups, pairs, at }, replicas);
    if (!planned.ok) return planned;
    const { inputs, receipt } = planned.value;
    const asked = { actor: caller.actor, key: caller.key, now: core.clock.now() };
    const part = contextPart(context, cell, [...(seq < 0 ? begun.value.inputs : []), ...inputs], asked);
    const row = idempotency(receipt);
    if (part === undefined) return answer(receipt);
    const written = await core.writer.write({
      parts: [part],
      ...(row === undefined ? {} : { idempotency: row }),
    });
    return written.ok ? answer(receipt) : written;
  });
};

const contextCommand = <T, R>(
  core: HostCore,
  caller: Caller,
  command: ContextCommand<T, R>,
): Promise<Result<T>> =>
  runCommand<T, R>(core, caller, {
    name: command.name,
    subject: command.context,
    request: [command.context, command.request],
    restore: command.answer,
    run: (idempotency) => runOnContext(core, caller, command, idempotency),
  });

const unknownReplica = (context: string, replica: string, replicas: readonly string[]): HostError => ({
  code: "PAR7792",
  kind: "unknown-replica",
  context,
  replica,
  replicas,
});

/** Whether the groups of a partition can be: replicas or devices of theirs, each once. */
const partitionError = (
  core: HostCore,
  context: string,
  replicas: readonly string[],
  groups: readonly (readonly string[])[],
): HostError | undefined => {
  const named = groups.flat();
  const twice = named.find((one, at) => named.indexOf(one) !== at);
  if (twice !== undefined)
    return { code: "PAR7794", kind: "bad-partition", reason: `${twice} stands in two groups` };
  const devices = new Set(
    replicas.flatMap((one) => core.authorities.get(one)?.durable.devices.map(({ id }) => id) ?? []),
  );
  const strange = named.find((one) => !replicas.includes(one) && !devices.has(one));
  return strange === undefined ? undefined : unknownReplica(context, strange, replicas);
};

/** Parts the replicas of a context into groups that do not reach each other. */
export const partitionContext = (
  core: HostCore,
  caller: Caller,
  context: string,
  groups: readonly (readonly string[])[],
): Promise<Result<ContextView>> =>
  contextCommand<ContextView, null>(core, caller, {
    name: "partition",
    context,
    request: groups,
    plan: ({ replicas }) => {
      const error = partitionError(core, context, replicas, groups);
      return error === undefined
        ? done({ inputs: [{ kind: "replicas.parted", groups }], receipt: null })
        : refused(error);
    },
    answer: () => readContext(core, context),
  });

/** Lets all replicas reach each other again; what they hold is brought together by synchronising. */
export const healContext = (core: HostCore, caller: Caller, context: string): Promise<Result<ContextView>> =>
  contextCommand<ContextView, null>(core, caller, {
    name: "heal",
    context,
    request: null,
    plan: ({ groups }) =>
      done({ inputs: groups === undefined ? [] : [{ kind: "replicas.healed" }], receipt: null }),
    answer: () => readContext(core, context),
  });

/** Lets authorities keep replicas of a context. */
export const joinContext = (
  core: HostCore,
  caller: Caller,
  context: string,
  authorities: readonly string[],
): Promise<Result<ContextView>> =>
  contextCommand<ContextView, null>(core, caller, {
    name: "join-replicas",
    context,
    request: authorities,
    plan: ({ replicas }) => {
      const strange = authorities.find((one) => !core.authorities.has(one));
      if (strange !== undefined)
        return refused({ code: "PAR7001", kind: "not-found", what: "authority", id: strange });
      const fresh = authorities.filter((one) => !replicas.includes(one));
      const inputs: ContextInput[] =
        fresh.length === 0 ? [] : [{ kind: "replica.joined", authorities: [...new Set(fresh)] }];
      return done({ inputs, receipt: null });
    },
    answer: () => readContext(core, context),
  });

/** How facts of a context are judged: by the registry and the keys of the authorities known here. */
export const checksOf = (core: HostCore): FactChecks => ({
  registry: factTypesOf(core),
  // Replicas are kept by this host for authorities that act through it.
  authorize: ({ by }) => core.authorities.has(by),
  keysOf: (authority) => boundKeys(core.authorities.get(authority)?.durable.keys ?? []).map(({ key }) => key),
});

/**
 * One run of anti-entropy between two replicas. Between those that do not
 * reach each other it fails: that it was tried is journaled, it is tried again
 * later, and after too many failures in a row refused at once.
 */
export const syncContext = (
  core: HostCore,
  caller: Caller,
  context: string,
  { requester, responder }: { readonly requester: string; readonly responder: string },
): Promise<Result<Synced>> => {
  type Counts = Omit<Synced, "context">;
  const pair = { requester, responder };
  return contextCommand<Synced, Counts | null>(core, caller, {
    name: "sync",
    context,
    request: [requester, responder],
    plan: (state, replicas) => {
      for (const one of [requester, responder])
        if (!state.replicas.includes(one)) return refused(unknownReplica(context, one, state.replicas));
      const at = Math.max(state.at, core.clock.now());
      const broken = breakerError(state, pair, at);
      if (broken !== undefined) return refused(broken);
      if (!reachable(replicas, requester).includes(responder) && requester !== responder)
        return done({ inputs: triedInputs(core, state, pair, "unreachable", at), receipt: null });
      const { input, result } = syncReplicas(replicas, requester, responder, checksOf(core));
      if (result.error !== undefined)
        return refused({ code: "PAR7793", kind: "bad-fact", type: "sync", reason: result.error.error });
      const { toRequester, toResponder, rounds, bytes } = input;
      const receipt = { toRequester: toRequester.length, toResponder: toResponder.length, rounds, bytes };
      const tried = triedInputs(core, state, pair, "succeeded", at);
      return done({ inputs: [input, ...tried], receipt });
    },
    answer: async (counts) => {
      noteSyncDeadlines(core, (await loadContext(core, context)).durable);
      if (counts === null) return refused({ code: "PAR7795", kind: "replicas-parted", requester, responder });
      const view = await readContext(core, context);
      return view.ok ? done({ context: view.value, ...counts }) : view;
    },
  });
};

const faultError = (core: HostCore, type: string, fault: FactFault): HostError => {
  if (fault.error === "unregistered-type")
    return { code: "PAR7791", kind: "unknown-fact-type", type, known: [...factTypesOf(core).types.keys()] };
  const { code: _code, error, ...fields } = fault;
  const words = Object.entries(fields).map(([name, value]) => `${name} ${String(value)}`);
  return {
    code: "PAR7793",
    kind: "bad-fact",
    type,
    reason: [error.replaceAll(/[-_]/g, " "), ...words].join(", "),
  };
};

type Draft = AddFactsRequest["facts"][number];

const factOfDraft = (core: HostCore, context: string, by: string, draft: Draft): Result<Fact> => {
  const written = schemaVersion(core.workspace.tentative.services, draft.type);
  const version = draft.version ?? written ?? factTypesOf(core).types.get(draft.type)?.version ?? 0;
  const encoded = encodeFactPayload(draft.type, version, draft.payload);
  if (!encoded.ok) return refused(faultError(core, draft.type, encoded.error));
  return done({
    order: draft.order ?? bytesToHex(core.random.bytes(32)),
    time: draft.time ?? { kind: "physical", ms: core.clock.now() },
    by,
    content: { kind: "generic", context, envelope: encoded.envelope },
  } as Fact);
};

/** Adds facts at one replica: all of them or, where one does not fit or is held already, none. */
export const addContextFacts = (
  core: HostCore,
  caller: Caller,
  context: string,
  { replica, facts: drafts }: AddFactsRequest,
): Promise<Result<AddedFacts>> =>
  contextCommand<AddedFacts, { readonly ids: readonly string[] }>(core, caller, {
    name: "add-facts",
    context,
    request: [replica, drafts],
    plan: (state, replicas) => {
      if (!state.replicas.includes(replica)) return refused(unknownReplica(context, replica, state.replicas));
      const journal = replicaJournal(replicas, replica);
      const ids = new Set<string>();
      const facts: Fact[] = [];
      for (const draft of drafts) {
        const made = factOfDraft(core, context, replica, draft);
        if (!made.ok) return made;
        const fault = factFault(made.value, { kind: "context", id: context }, checksOf(core));
        if (fault !== undefined) return refused(faultError(core, draft.type, fault));
        const id = factId(made.value);
        if (ids.has(id) || factOf(journal, id) !== undefined)
          return refused({ code: "PAR7790", kind: "duplicate-fact", fact: id, replica });
        ids.add(id);
        facts.push(made.value);
      }
      return done({ inputs: [{ kind: "facts.added", replica, facts }], receipt: { ids: [...ids] } });
    },
    answer: async ({ ids }) => {
      const view = await readContext(core, context);
      if (!view.ok) return view;
      return done({ items: [...(await readFactsById(core, context, ids))], context: view.value });
    },
  });
