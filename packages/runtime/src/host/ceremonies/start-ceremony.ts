import { bytesToHex } from "@noble/hashes/utils.js";
import type { Participant, SupersessionReason } from "@parley/wire";
import type { CeremonyView, StartCeremonyRequest } from "@parley/wire/http";
import { noCeremonies, startCeremony as tryStart } from "../../ceremony/index.ts";
import type { Caller } from "../caller.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import { type Asked, loadContext } from "../ledger/append.ts";
import { onSettled } from "../ledger/settled-context.ts";
import { newId } from "../new-id.ts";
import { contextOf } from "../streams/context-state.ts";
import { ceremonyCommand, type Write } from "./ceremony-command.ts";
import { ceremonyRefusal } from "./ceremony-refusal.ts";
import { type ContextChange, ceremonyParts, workspaceTime } from "./ceremony-unit.ts";
import { forgetSecrets, keepShares, makeSharedKey, needsSharedKey } from "./group-secrets.ts";
import { shakeHands } from "./handshakes.ts";
import { authoritiesOf } from "./participants.ts";
import { planStart, type StartAsked, type StartPlan } from "./plan-start.ts";
import { prestateNow } from "./prestate-now.ts";

/** More than half of those who take part. */
export const majority = (participants: readonly Participant[]): number =>
  Math.floor(participants.length / 2) + 1;

/** A context a ceremony can be decided in: one that is there, or that of a session. */
const beginning = async (
  core: HostCore,
  context: string,
): Promise<Result<{ readonly title: string; readonly members: readonly string[] }>> => {
  const { tentative } = await loadContext(core, context);
  if (tentative.seq >= 0) return done({ title: tentative.title, members: [] });
  const session = [...core.workspace.tentative.sessions.keys()].find((id) => contextOf(id) === context);
  const loaded = session === undefined ? undefined : await core.sessions.load(session);
  if (!loaded?.ok) return refused({ code: "PAR7001", kind: "not-found", what: "context", id: context });
  const { title, seats } = loaded.cell.state.pin;
  return done({ title, members: seats.map(({ authority }) => authority) });
};

/** The contexts a plan adds facts to, gathered; refused where one has to be loaded first. */
const contextChanges = (
  core: HostCore,
  plan: StartPlan,
  own: Omit<ContextChange, "facts">,
): readonly ContextChange[] | string => {
  const changes: ContextChange[] = [];
  for (const [context, facts] of Map.groupBy(plan.facts, (one) => one.context)) {
    const cell = context === own.context ? own.cell : core.contexts.get(context);
    if (cell === undefined) return context;
    const members = context === own.context ? own.members : [];
    const grouped = facts.map(({ by, fact }) => ({ by, facts: [fact] }));
    changes.push({ context, cell, title: own.title, members, facts: grouped });
  }
  return changes;
};

/** Everything of a beginning that can be worked out before it is known what it stands on. */
const prepareStart = async (
  core: HostCore,
  request: StartCeremonyRequest,
  asked: Asked,
): Promise<Result<StartAsked & { readonly authorities: readonly string[] }>> => {
  const [first = ""] = core.authorities.keys();
  const { kind, participants, initiator = first, threshold = majority(participants) } = request;
  if (!core.authorities.has(initiator))
    return refused({ code: "PAR7001", kind: "not-found", what: "authority", id: initiator });
  const authorities = authoritiesOf(core, participants);
  if (!authorities.ok) return authorities;
  const context = request.context ?? contextOf(newId(core.random, "cer"));
  const zero = "0".repeat(64);
  const known = {
    id: zero,
    kind,
    context,
    initiator,
    threshold,
    participants,
    prestate: zero,
    operation: zero,
  };
  const possible = tryStart(noCeremonies, { ...known, pendingEpoch: 1 }, asked.now);
  if (!possible.ok) return refused(ceremonyRefusal(possible.error));
  const unknown = request.supersede?.find((id) => !core.workspace.tentative.ceremonies.ceremonies.has(id));
  if (unknown !== undefined)
    return refused(ceremonyRefusal({ code: "PAR8501", variant: "UnknownCeremony", ceremony: unknown }));
  const nonce = request.nonce ?? bytesToHex(core.random.bytes(32));
  const handshakes = shakeHands(core, { participants, nonce, at: asked.now });
  if (!handshakes.ok) return handshakes;
  const key = needsSharedKey(core, threshold)
    ? await makeSharedKey(core, { threshold, participants })
    : done(undefined);
  if (!key.ok) return key;
  return done({
    kind,
    context,
    initiator,
    participants,
    threshold,
    nonce,
    operation: request.operation ?? { kind },
    handshakes: handshakes.value,
    title: request.title,
    trace: request.trace,
    key: key.value,
    supersede: (request.supersede ?? []).map((id) => ({ id })),
    authorities: authorities.value,
  });
};

/** Begins a ceremony: hands shaken, the shared key made, the prestate read, and all of it in one commit. */
export const beginCeremony = async (
  core: HostCore,
  request: StartCeremonyRequest,
  asked: Asked,
  write: Write,
  reason?: SupersessionReason,
): Promise<Result<string>> => {
  const prepared = await prepareStart(core, request, asked);
  if (!prepared.ok) return prepared;
  const start = { ...prepared.value, supersede: prepared.value.supersede.map(({ id }) => ({ id, reason })) };
  const { context, initiator, authorities, key } = start;
  const at =
    request.context === undefined ? done({ title: "", members: [] }) : await beginning(core, context);
  if (!at.ok) return at;
  const title = at.value.title === "" ? (start.title ?? start.kind) : at.value.title;
  const members = [...at.value.members, initiator, ...authorities];
  for (;;) {
    const written = await onSettled(core, context, (cell, replicas): Promise<Result<string>> | string => {
      const prestate = prestateNow(core, { initiator, authorities, sessions: [] }, replicas);
      if (!prestate.ok) return Promise.resolve(prestate);
      const plan = planStart(core, start, prestate.value, workspaceTime(core, asked.now));
      if (!plan.ok) return Promise.resolve(plan);
      const contexts = contextChanges(core, plan.value, { context, cell, title, members });
      if (typeof contexts === "string") return contexts;
      const { id, records, workspace } = plan.value;
      // Kept before anything says that they are: a crash between leaves shares that nobody asks for.
      keepShares(core, id, key?.shares ?? []);
      const change = { workspace, contexts, authorities: plan.value.authorities };
      return write(id, ceremonyParts(core, change, asked)).then((done) => {
        const begun = records.ceremonies.get(id);
        if (!done.ok || begun === undefined) return done;
        core.ceremonyDeadlines.set(id, begun.deadline + 1);
        for (const { id: old } of start.supersede) ended(core, old);
        return done;
      });
    });
    if (typeof written !== "string") return written;
    await loadContext(core, written);
  }
};

/** After a ceremony ended without a commit: its timer stops, its secrets are forgotten. */
export const ended = (core: HostCore, id: string): void => {
  core.ceremonyDeadlines.set(id, undefined);
  const ceremony = core.workspace.durable.ceremonies.ceremonies.get(id);
  if (ceremony !== undefined && ceremony.outcome?.kind !== "committed")
    forgetSecrets(core, ceremony, { shares: true });
};

/** Begins a ceremony. */
export const startCeremonyCommand = (
  core: HostCore,
  caller: Caller,
  request: StartCeremonyRequest,
): Promise<Result<CeremonyView>> =>
  ceremonyCommand(core, caller, {
    name: "start-ceremony",
    subject: request.context ?? request.kind,
    request,
    run: (asked, write) => beginCeremony(core, request, asked, write),
  });
