import { type CommitFact, decodeCanonical, type Fact, type GroupKey } from "@parley/wire";
import type {
  CeremonyCard,
  CeremonyParticipant,
  CeremonyView,
  FactView,
  PrestateView,
} from "@parley/wire/http";
import { DEFAULT_PROFILE } from "../../admission/runtime-profile.ts";
import {
  acceptedBy,
  type Ceremony,
  ceremonyState,
  participantKey,
  supersessionChain,
} from "../../ceremony/index.ts";
import { factId } from "../../journal/fact-id.ts";
import { journalEntries } from "../../journal/journal.ts";
import { payloadIdentity } from "../../journal/payload-identity.ts";
import { noReplicas, type Replicas } from "../../journal/replicas.ts";
import { readFactsById } from "../authority/context-view.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import { loadContext } from "../ledger/append.ts";
import { ceremonyRefusal } from "./ceremony-refusal.ts";
import { authoritiesOf, authorityOf } from "./participants.ts";
import { prestateNow } from "./prestate-now.ts";

const participantView = (
  core: HostCore,
  ceremony: Ceremony,
  participant: Ceremony["participants"][number],
): CeremonyParticipant => {
  const key = participantKey(participant);
  const authority = authorityOf(core, participant) ?? "";
  const state = core.authorities.get(authority)?.durable;
  const device = participant.kind === "device" ? participant.device : null;
  const answer = ceremony.answers.find((one) => one.participant === key);
  return {
    key,
    participant,
    authority,
    device,
    name: state?.devices.find(({ id }) => id === device)?.name ?? state?.name ?? authority,
    answer:
      answer === undefined ? null : { accept: answer.accept, reason: answer.reason ?? null, at: answer.at },
  };
};

const reasonOf = ({ outcome }: Ceremony): string | null => {
  switch (outcome?.kind) {
    case "aborted":
      return outcome.reason;
    case "superseded":
      return outcome.reason.code;
    default:
      return null;
  }
};

const titles: { readonly [kind in Ceremony["kind"]]: string } = {
  GuardianRotation: "Guardian rotation",
  DeviceRotation: "Device rotation",
  DeviceEnrollment: "Device enrollment",
  DeviceRemoval: "Device removal",
  Recovery: "Recovery",
  OtaActivation: "OTA activation",
  Invitation: "Invitation",
  RendezvousSecureChannel: "Secure channel",
};

/** A ceremony as a card of the board. */
export const ceremonyCard = (core: HostCore, ceremony: Ceremony): CeremonyCard => {
  const { sessions, protocols, ceremonies } = core.workspace.durable;
  const joined = ceremonies.details.get(ceremony.id)?.sessions ?? [];
  const { id, kind, context, initiator, threshold, participants, answers, outcome } = ceremony;
  return {
    id,
    kind,
    title: ceremony.title ?? titles[kind],
    context,
    initiator,
    state: ceremonyState(ceremony).kind,
    progress: {
      required: threshold,
      accepted: acceptedBy(ceremony).length,
      refused: answers.filter(({ accept }) => !accept).length,
      total: participants.length,
    },
    participants: participants.map((one) => participantView(core, ceremony, one)),
    startedAt: ceremony.startedAt,
    deadline: ceremony.deadline,
    endedAt: outcome?.at ?? null,
    reason: reasonOf(ceremony),
    agreement: ceremony.mode,
    prestate: ceremony.prestate,
    operation: ceremony.operation,
    supersedes: [...ceremony.supersedes],
    supersededBy: outcome?.kind === "superseded" ? outcome.by : null,
    sessions: joined.map((session) => {
      const protocol = sessions.get(session)?.protocol ?? "";
      return { id: session, title: protocols.get(protocol)?.name ?? session, protocol };
    }),
  };
};

/** The replicas of a context as they are on disk; empty for one that has nothing yet. */
export const durableReplicas = async (core: HostCore, context: string): Promise<Replicas> => {
  const { seq } = (await loadContext(core, context)).durable;
  return seq < 0 ? noReplicas(context) : core.replicas.at(context, seq);
};

/** What a ceremony of these would stand on now. */
export const standsOn = async (
  core: HostCore,
  asked: Pick<Ceremony, "context" | "initiator" | "participants">,
  sessions: readonly string[],
): Promise<Result<PrestateView>> => {
  const authorities = authoritiesOf(core, asked.participants);
  if (!authorities.ok) return authorities;
  const replicas = await durableReplicas(core, asked.context);
  return prestateNow(
    core,
    { initiator: asked.initiator, authorities: authorities.value, sessions },
    replicas,
  );
};

/** Whether a fact is about a ceremony. */
const isAbout = ({ content }: Fact, id: string, commit: CommitFact | null): boolean => {
  if (content.kind === "protocol")
    return commit !== null && content.fields.consensus_id === commit.consensus_id;
  if (content.kind !== "generic" || !content.envelope.type.startsWith("ceremony.")) return false;
  try {
    return (
      (decodeCanonical(payloadIdentity(content.envelope).payload) as { ceremony_id?: unknown })
        .ceremony_id === id
    );
  } catch {
    return false;
  }
};

const factsOf = async (
  core: HostCore,
  { id, context }: Ceremony,
  commit: CommitFact | null,
): Promise<readonly FactView[]> => {
  const { journals } = await durableReplicas(core, context);
  const ids = new Set(
    [...new Set(Object.values(journals))].flatMap((journal) =>
      [...journalEntries(journal)].flatMap(([, fact]) => (isAbout(fact, id, commit) ? [factId(fact)] : [])),
    ),
  );
  const views = await readFactsById(core, context, [...ids]);
  return [...views].sort((a, b) => (a.seq === b.seq ? (a.id < b.id ? -1 : 1) : a.seq - b.seq));
};

const groupOf = (core: HostCore, { id, initiator, pendingEpoch }: Ceremony, key: GroupKey | null) => {
  const group = core.authorities.get(initiator)?.durable.groups.find((one) => one.ceremony === id);
  if (group === undefined || key === null) return null;
  const copied = {
    ...key,
    participants: [...key.participants],
    commitments: [...key.commitments],
    verifyingShares: { ...key.verifyingShares },
  };
  return { epoch: pendingEpoch, state: group.state, key: copied, transcript: group.transcript };
};

/** Everything there is to know of a ceremony. */
export const readCeremony = async (core: HostCore, id: string): Promise<Result<CeremonyView>> => {
  const { ceremonies: records, services } = core.workspace.durable;
  const ceremony = records.ceremonies.get(id);
  const detail = records.details.get(id);
  if (ceremony === undefined || detail === undefined)
    return refused(ceremonyRefusal({ code: "PAR8501", variant: "UnknownCeremony", ceremony: id }));
  const now = await standsOn(core, ceremony, detail.sessions);
  if (!now.ok) return now;
  const chain = supersessionChain(records.ceremonies, id);
  const named = new Set(chain.flatMap(({ old, by }) => [old, by]));
  const refusals = services.refusals
    .filter(({ subject }) => subject === id)
    .map(({ at, what, code, variant, detail: text, evidence = null }) => ({
      at,
      what,
      code,
      variant,
      detail: text,
      evidence,
    }))
    .reverse();
  // Plain data both ways: what is folded is read-only, what is sent is not looked at again.
  const view = {
    ...ceremonyCard(core, ceremony),
    asked: detail.operation,
    trace: ceremony.trace ?? null,
    runtime: {
      profile: ceremony.runtime?.profile ?? DEFAULT_PROFILE,
      lacks: [...(ceremony.runtime?.lacks ?? [])],
    },
    pendingEpoch: ceremony.pendingEpoch,
    prestateNow: now.value,
    prestateMoved: ceremony.outcome === null && now.value.hash !== ceremony.prestate,
    handshakes: detail.handshakes,
    group: groupOf(core, ceremony, detail.group),
    commitments: detail.commitments,
    commit: detail.commit,
    chain,
    chainCeremonies: [...named].flatMap((one) => {
      const found = records.ceremonies.get(one);
      return found === undefined ? [] : [ceremonyCard(core, found)];
    }),
    facts: await factsOf(core, ceremony, detail.commit),
    refusals,
    evidence: refusals.flatMap(({ evidence }) => evidence ?? []),
    now: core.clock.now(),
  };
  return done(view as unknown as CeremonyView);
};
