import { bytesToHex } from "@noble/hashes/utils.js";
import type { CeremonyKind, Participant, SeatBinding, WorkspaceInput } from "@parley/wire";
import type { OpenSessionRequest, SessionView } from "@parley/wire/http";
import { ceremonyState } from "../../ceremony/index.ts";
import { noReplicas } from "../../journal/replicas.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import type { Asked } from "../ledger/append.ts";
import type { Cell } from "../ledger/cell.ts";
import type { UnitPart } from "../ledger/unit.ts";
import { declaredCategory } from "../protocols/declared-category.ts";
import type { ContextState } from "../streams/context-state.ts";
import type { ProtocolRecord } from "../streams/workspace-state.ts";
import { ceremonyRefusal } from "./ceremony-refusal.ts";
import { ceremonyParts, workspaceTime } from "./ceremony-unit.ts";
import { shakeHands } from "./handshakes.ts";
import { authoritiesOf } from "./participants.ts";
import { planStart } from "./plan-start.ts";
import { prestateNow } from "./prestate-now.ts";
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

/** What an opening that needs a ceremony adds: the entries that join it, and what begins it where it is new. */
export interface SessionCeremony {
  readonly inputs: readonly WorkspaceInput[];
  /** A unit of its own, written just before the session's. */
  readonly parts: readonly UnitPart[];
  readonly begun: { readonly id: string; readonly due: number } | undefined;
}

const none: SessionCeremony = { inputs: [], parts: [], begun: undefined };

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
  readonly context: { readonly id: string; readonly cell: Cell<ContextState> };
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
 * them answers. Waits for nothing: the session is written right after it.
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
    return done({ ...none, inputs: [joinInput(id, stream)] });
  }
  const [initiator] = seats;
  if (initiator === undefined || declaredCategory(core, protocol).category !== "C") return done(none);
  const participants = participantsOf(seats);
  const { threshold = majority(participants) } = request;
  const nonce = bytesToHex(core.random.bytes(32));
  const at = workspaceTime(core, asked.now);
  const handshakes = shakeHands(core, { participants, nonce, at });
  if (!handshakes.ok) return handshakes;
  const authorities = authoritiesOf(core, participants);
  if (!authorities.ok) return authorities;
  const of = { initiator: initiator.authority, authorities: authorities.value, sessions: [] };
  const { id: context, cell } = opening.context;
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
    supersede: [],
  } as const;
  const plan = planStart(core, start, prestate.value, at);
  if (!plan.ok) return plan;
  const { id, records, workspace, facts } = plan.value;
  const members = seats.map(({ authority }) => authority);
  const added = facts.map(({ by, fact }) => ({ by, facts: [fact] }));
  const change = {
    workspace,
    contexts: [{ context, cell, title: opening.title, members, facts: added }],
    authorities: [],
  };
  const parts = ceremonyParts(core, change, { actor: asked.actor, now: asked.now });
  const due = (records.ceremonies.get(id)?.deadline ?? at) + 1;
  return done({ inputs: [joinInput(id, stream)], parts, begun: { id, due } });
};

/** Writes what begins the ceremony of a session, where it is new. */
export const beginSessionCeremony = async (
  core: HostCore,
  { parts, begun }: SessionCeremony,
): Promise<void> => {
  if (begun === undefined) return;
  const written = await core.writer.write({ parts });
  if (written.ok) core.ceremonyDeadlines.set(begun.id, begun.due);
};

/** The ceremony a session runs for, as its view names it. */
export const ceremonyOfSession = (
  core: Pick<HostCore, "workspace">,
  session: string,
): Pick<SessionView, "ceremony"> => {
  const { bySession, ceremonies } = core.workspace.durable.ceremonies;
  const ceremony = ceremonies.get(bySession.get(session) ?? "");
  return ceremony === undefined ? {} : { ceremony: { id: ceremony.id, state: ceremonyState(ceremony).kind } };
};
