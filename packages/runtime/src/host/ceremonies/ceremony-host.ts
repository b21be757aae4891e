import type { Participant } from "@parley/wire";
import type {
  AnswerCeremonyRequest,
  AskAgainRequest,
  CeremonyCandidates,
  CeremonyCard,
  CeremonyKindJson,
  CeremonyView,
  StartCeremonyRequest,
  SupersedeCeremonyRequest,
} from "@parley/wire/http";
import { supersessionCandidates } from "../../ceremony/index.ts";
import type { Caller } from "../caller.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import { answerCeremonyCommand } from "./answer-ceremony.ts";
import { askAgainCommand } from "./ask-again.ts";
import { ceremonyCard, readCeremony, standsOn } from "./ceremony-view.ts";
import { commitCeremonyCommand } from "./commit-ceremony.ts";
import { abortCeremonyCommand, supersedeCeremonyCommand } from "./end-ceremony.ts";
import { readParticipant } from "./participants.ts";
import { startCeremonyCommand } from "./start-ceremony.ts";

/** What a list of ceremonies is narrowed to. */
export interface CeremonyFilter {
  readonly state?: string | undefined;
  readonly kind?: string | undefined;
  readonly context?: string | undefined;
  readonly session?: string | undefined;
  /** Who begins or takes part. */
  readonly authority?: string | undefined;
}

/** What a new ceremony would be, as far as it is known. */
export interface CandidatesAsked {
  readonly kind: CeremonyKindJson;
  readonly context?: string | undefined;
  readonly initiator?: string | undefined;
  /** By key: `guardian:bea`. */
  readonly participants: readonly string[];
}

/** Ceremonies: commands answer once they are durable; what is refused is kept in the audit. */
export interface CeremonyHost {
  /** Newest first. */
  ceremonies(filter?: CeremonyFilter): readonly CeremonyCard[];
  ceremony(id: string): Promise<Result<CeremonyView>>;
  /** Live ceremonies that a new one would take the place of, and what it would stand on. */
  ceremonyCandidates(asked: CandidatesAsked): Promise<Result<CeremonyCandidates>>;
  startCeremony(caller: Caller, request: StartCeremonyRequest): Promise<Result<CeremonyView>>;
  answerCeremony(caller: Caller, id: string, request: AnswerCeremonyRequest): Promise<Result<CeremonyView>>;
  commitCeremony(caller: Caller, id: string): Promise<Result<CeremonyView>>;
  abortCeremony(caller: Caller, id: string, reason: string): Promise<Result<CeremonyView>>;
  supersedeCeremony(
    caller: Caller,
    id: string,
    request: SupersedeCeremonyRequest,
  ): Promise<Result<CeremonyView>>;
  /** A new ceremony for a session whose own ended without a commit; answers the new one. */
  askAgain(caller: Caller, session: string, request: AskAgainRequest): Promise<Result<CeremonyView>>;
}

const fits = (card: CeremonyCard, filter: CeremonyFilter): boolean => {
  const { state, kind, context, session, authority } = filter;
  return (
    (state === undefined || card.state === state) &&
    (kind === undefined || card.kind === kind) &&
    (context === undefined || card.context === context) &&
    (session === undefined || card.sessions.some(({ id }) => id === session)) &&
    (authority === undefined ||
      card.initiator === authority ||
      card.participants.some((one) => one.authority === authority))
  );
};

const candidates = async (core: HostCore, asked: CandidatesAsked): Promise<Result<CeremonyCandidates>> => {
  const [first = ""] = core.authorities.keys();
  const { kind, context = "", initiator = first } = asked;
  if (!core.authorities.has(initiator))
    return refused({ code: "PAR7001", kind: "not-found", what: "authority", id: initiator });
  const participants: Participant[] = [];
  for (const key of asked.participants) {
    const participant = readParticipant(key);
    if (participant === undefined)
      return refused({ code: "PAR7001", kind: "not-found", what: "participant", id: key });
    participants.push(participant);
  }
  const prestate = await standsOn(core, { context, initiator, participants }, []);
  if (!prestate.ok) return prestate;
  const found = supersessionCandidates(core.workspace.durable.ceremonies.ceremonies, {
    context,
    kind,
    prestate: prestate.value.hash,
  });
  const items = found.map(({ ceremony, reason }) => ({ ceremony: ceremonyCard(core, ceremony), reason }));
  return done({ items, prestate: prestate.value });
};

/** The part of a host that is about ceremonies. */
export const ceremonyHost = (core: HostCore): CeremonyHost => ({
  ceremonies: (filter = {}) =>
    [...core.workspace.durable.ceremonies.ceremonies.values()]
      .map((ceremony) => ceremonyCard(core, ceremony))
      .filter((card) => fits(card, filter))
      .reverse(),
  ceremony: (id) => readCeremony(core, id),
  ceremonyCandidates: (asked) => candidates(core, asked),
  startCeremony: (caller, request) => startCeremonyCommand(core, caller, request),
  answerCeremony: (caller, id, request) => answerCeremonyCommand(core, caller, id, request),
  commitCeremony: (caller, id) => commitCeremonyCommand(core, caller, id),
  abortCeremony: (caller, id, reason) => abortCeremonyCommand(core, caller, id, reason),
  supersedeCeremony: (caller, id, request) => supersedeCeremonyCommand(core, caller, id, request),
  askAgain: (caller, session, request) => askAgainCommand(core, caller, session, request),
});
