import { bytesToHex } from "@noble/hashes/utils.js";
import type { CeremonyKind, Fact, Participant, SeatBinding, WorkspaceInput } from "@parley/wire";
import type { CeremonyEnded, OpenSessionRequest, SessionView } from "@parley/wire/http";
import type { RuntimeProfile } from "../../admission/runtime-profile.ts";
import { type Ceremony, ceremonyState } from "../../ceremony/index.ts";
import { noReplicas } from "../../journal/replicas.ts";
import type { UnitBook } from "../authority/unit-book.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import type { Asked } from "../ledger/append.ts";
import { declaredCategory } from "../protocols/declared-category.ts";
import { contextOf } from "../streams/context-state.ts";
import type { ProtocolRecord } from "../streams/workspace-state.ts";
import { ceremonyRefusal } from "./ceremony-refusal.ts";
import { workspaceTime } from "./ceremony-unit.ts";
import { needsSharedKey } from "./group-secrets.ts";
import { shakeHands } from "./handshakes.ts";
import { authoritiesOf } from "./participants.ts";
import { planStart } from "./plan-start.ts";
import { prestateNow } from "./prestate-now.ts";
import { recordedRuntime, sharedKeyError } from "./shared-key-runtime.ts";
import { majority } from "./start-ceremony.ts";

/** The kind of ceremony that fits a shipped protocol; anything else of category C binds those who take part as guardians do. */
const kinds: { readonly [namespace: string]: CeremonyKind } = {
  recovery_protocol: "Recovery",
  ota_activation: "OtaActivation",
  device_epoch_rotation: "DeviceRotation",
  epoch_rotation: "DeviceRotation",
  invitation_device_enrollment: "DeviceEnrollment",
  invitation: "Invitation",
  rendezvous: "RendezvousSecureChannel",
};

/** What an opening that needs a ceremony adds to the unit of the session itself. */
export interface SessionCeremony {
  readonly workspace: readonly WorkspaceInput[];
  /** For the session's own context, each at a replica. */
  readonly facts: readonly { readonly by: string; readonly fact: Fact }[];
  /** A ceremony that is new, and when it is overdue. */
  readonly begun: { readonly id: string; readonly due: number } | undefined;
}

const none: SessionCeremony = { workspace: [], facts: [], begun: undefined };

/** Those who sit in the other seats; where nobody else does, the devices that sit in any. */
const participantsOf = (seats: readonly SeatBinding[]): readonly Participant[] => {
  const [first] = seats;
  const others = [...new Set(seats.map(({ authority }) => authority))].filter(
    (one) => one !== first?.authority,
  );
  return others.length > 0
    ? others.map((authority) => ({ kind: "guardian", authority }))
    : [...new Set(seats.map(({ device }) => device))].map((device) => ({ kind: "device", device }));
};

interface Opening {
  readonly stream: string;
  readonly title: string;
  readonly request: Pick<OpenSessionRequest, "ceremony" | "threshold">;
  readonly protocol: ProtocolRecord;
  readonly seats: readonly SeatBinding[];
  /** The runtime the session is admitted on. */
  readonly runtime: RuntimeProfile;
  readonly asked: Asked;
}

const joinInput = (ceremony: string, session: string): WorkspaceInput => ({
  kind: "ceremony.joined",
  ceremony,
  session,
});

/**
 * The ceremony a session runs for (spec/aura-protocols.md §2.6): the one its
 * opening names, which must be live; else, of a protocol of category C, a new
 * one in which the other seats are asked. Its key is made when the first of
 * them answers, if the session's runtime can make one. Changes nothing yet.
 */
export const ceremonyForSession = (core: HostCore, opening: Opening): Result<SessionCeremony> => {
  const { request, stream, protocol, seats, asked } = opening;
  const { ceremonies } = core.workspace.tentative.ceremonies;
  if (request.ceremony !== undefined) {
    const named = ceremonies.get(request.ceremony);
    const id = request.ceremony;
    if (named === undefined)
      return refused(ceremonyRefusal({ code: "PAR8501", variant: "UnknownCeremony", ceremony: id }));
    if (named.outcome !== null) {
      const state = ceremonyState(named).kind;
      return refused(ceremonyRefusal({ code: "PAR8506", variant: "CeremonyEnded", ceremony: id, state }));
    }
    return done({ ...none, workspace: [joinInput(id, stream)] });
  }
  const [initiator] = seats;
  if (initiator === undefined || declaredCategory(core, protocol).category !== "C") return done(none);
  const participants = participantsOf(seats);
  const { threshold = majority(participants) } = request;
  const runtime = recordedRuntime(opening.runtime);
  const lacks = needsSharedKey(core, threshold) ? sharedKeyError(runtime, "key generation") : undefined;
  if (lacks !== undefined) return refused(ceremonyRefusal(lacks));
  const nonce = bytesToHex(core.random.bytes(32));
  const at = workspaceTime(core, asked.now);
  const handshakes = shakeHands(core, { participants, nonce, at });
  if (!handshakes.ok) return handshakes;
  const authorities = authoritiesOf(core, participants);
  if (!authorities.ok) return authorities;
  const of = { initiator: initiator.authority, authorities: authorities.value, sessions: [] };
  const context = contextOf(stream);
  const prestate = prestateNow(core, of, noReplicas(context));
  if (!prestate.ok) return prestate;
  const start = {
    kind: kinds[protocol.namespace ?? ""] ?? "GuardianRotation",
    context,
    initiator: initiator.authority,
    participants,
    threshold,
    operation: { protocol: protocol.id, session: stream },
    nonce,
    handshakes: handshakes.value,
    title: opening.title,
    runtime,
    session: stream,
    supersede: [],
  } as const;
  const plan = planStart(core, start, prestate.value, at);
  if (!plan.ok) return plan;
  const { id, records, workspace, facts } = plan.value;
  const due = (records.ceremonies.get(id)?.deadline ?? at) + 1;
  return done({ workspace, facts, begun: { id, due } });
};

/** Adds the ceremony of a session to the unit that opens the session. */
export const bookCeremony = (book: UnitBook, { workspace, facts }: SessionCeremony): void => {
  for (const input of workspace) book.tell(input);
  for (const { by, fact } of facts) book.record({ kind: "facts.added", replica: by, facts: [fact] });
};

const endedOf = ({ outcome }: Ceremony): CeremonyEnded | undefined => {
  switch (outcome?.kind) {
    case "aborted": {
      const { at, reason, by } = outcome;
      return { at, reason, by: by === undefined ? null : { kind: by.kind, id: by.id }, supersededBy: null };
    }
    case "superseded":
      return { at: outcome.at, reason: outcome.reason.code, by: null, supersededBy: outcome.by };
    default:
      return undefined;
  }
};

/** The ceremony a session runs for, and how it ended without a commit, as the session's view has them. */
export const ceremonyOfSession = (
  core: Pick<HostCore, "workspace">,
  session: string,
): Pick<SessionView, "ceremony"> => {
  const { bySession, ceremonies } = core.workspace.durable.ceremonies;
  const ceremony = ceremonies.get(bySession.get(session) ?? "");
  if (ceremony === undefined) return {};
  const ended = endedOf(ceremony);
  const state = ceremonyState(ceremony).kind;
  return { ceremony: { id: ceremony.id, state, ...(ended === undefined ? {} : { ended }) } };
};
