import { bytesToHex } from "@noble/hashes/utils.js";
import type { CeremonyRuntime, Participant, SupersessionReason } from "@parley/wire";
import type { CeremonyView, StartCeremonyRequest } from "@parley/wire/http";
import { noCeremonies, startCeremony as tryStart } from "../../ceremony/index.ts";
import type { Caller } from "../caller.ts";
import { findProfile } from "../commands/profile-commands.ts";
import type { HostCore } from "../core.ts";
import { done, type HostError, type Result, refused } from "../host-error.ts";
import { type Asked, loadContext } from "../ledger/append.ts";
import { onSettled } from "../ledger/settled-context.ts";
import { newId } from "../new-id.ts";
import { contextOf } from "../streams/context-state.ts";
import { ceremonyCommand, type Write } from "./ceremony-command.ts";
import { ceremonyRefusal } from "./ceremony-refusal.ts";
import { type ContextChange, ceremonyParts, workspaceTime } from "./ceremony-unit.ts";
import { forgetEnded } from "./ended-ceremony.ts";
import { keepShares, makeSharedKey, needsSharedKey } from "./group-secrets.ts";
import { shakeHands } from "./handshakes.ts";
import { authoritiesOf } from "./participants.ts";
import { planStart, type StartAsked, type StartPlan } from "./plan-start.ts";
import { prestateNow } from "./prestate-now.ts";
import { recordedRuntime, sharedKeyError } from "./shared-key-runtime.ts";

/** More than half of those who take part. */
export const majority = (participants: readonly Participant[]): number =>
  Math.floor(participants.length / 2) + 1;

/** What a beginning takes over from a ceremony or a session that was there before. */
export interface Begun {
  /** Why the others give it their place; absent = whether what they stand on has changed, else that it is newer. */
  readonly reason?: SupersessionReason | undefined;
  /** As the one before recorded it; else the profile is looked up by the name in the request. */
  readonly runtime?: { readonly recorded: CeremonyRuntime | undefined };
  /** A session that runs for it, and why it may not, asked right before it is written. */
  readonly join?: { readonly session: string; readonly refusal: () => HostError | undefined };
}

/** The runtime a ceremony is to record, refused where a shared key cannot be made on it. */
const runtimeOf = (
  core: HostCore,
  { runtime }: Pick<StartCeremonyRequest, "runtime">,
  before: Begun,
  sharesKey: boolean,
): Result<CeremonyRuntime | undefined> => {
  const profile =
    before.runtime === undefined ? findProfile(core.workspace.tentative.profiles, runtime) : undefined;
  if (profile?.ok === false) return profile;
  const recorded = profile === undefined ? before.runtime?.recorded : recordedRuntime(profile.value);
  const lacks = sharesKey ? sharedKeyError(recorded, "key generation") : undefined;
  return lacks === undefined ? done(recorded) : refused(ceremonyRefusal(lacks));
};

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
  before: Begun,
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
  const sharesKey = needsSharedKey(core, threshold);
  const runtime = runtimeOf(core, request, before, sharesKey);
  if (!runtime.ok) return runtime;
  const nonce = request.nonce ?? bytesToHex(core.random.bytes(32));
  const handshakes = shakeHands(core, { participants, nonce, at: asked.now });
  if (!handshakes.ok) return handshakes;
  const key = sharesKey ? await makeSharedKey(core, { threshold, participants }) : done(undefined);
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
    runtime: runtime.value,
    session: before.join?.session,
    key: key.value,
    supersede: (request.supersede ?? []).map((id) => ({ id, reason: before.reason })),
    authorities: authorities.value,
  });
};

/** Begins a ceremony: hands shaken, the shared key made, the prestate read, and all of it in one commit. */
export const beginCeremony = async (
  core: HostCore,
  request: StartCeremonyRequest,
  asked: Asked,
  write: Write,
  before: Begun = {},
): Promise<Result<string>> => {
  const prepared = await prepareStart(core, request, asked, before);
  if (!prepared.ok) return prepared;
  const start = prepared.value;
  const { context, initiator, authorities, key, session } = start;
  const sessions = session === undefined ? [] : [session];
  const at =
    request.context === undefined ? done({ title: "", members: [] }) : await beginning(core, context);
  if (!at.ok) return at;
  const title = at.value.title === "" ? (start.title ?? start.kind) : at.value.title;
  const members = [...at.value.members, initiator, ...authorities];
  for (;;) {
    const written = await onSettled(core, context, (cell, replicas): Promise<Result<string>> | string => {
      const barred = before.join?.refusal();
      if (barred !== undefined) return Promise.resolve(refused(barred));
      const prestate = prestateNow(core, { initiator, authorities, sessions }, replicas);
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
        for (const { id: old } of start.supersede) forgetEnded(core, old);
        return done;
      });
    });
    if (typeof written !== "string") return written;
    await loadContext(core, written);
  }
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
