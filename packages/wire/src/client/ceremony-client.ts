import type { z } from "zod";
import type {
  AnswerCeremonyRequest,
  AskAgainRequest,
  CeremonyCandidates,
  CeremonyList,
  CeremonyView,
  StartCeremonyRequest,
  SupersedeCeremonyRequest,
  startCeremonySchema,
} from "../http/index.ts";
import type { Call } from "./authority-client.ts";

const query = (narrowed: { readonly [name: string]: string | undefined }): string => {
  const parts = Object.entries(narrowed).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
};

/** What a list of ceremonies is narrowed to. */
export type CeremonyFilter = {
  readonly [name in "state" | "kind" | "context" | "session" | "authority"]?: string | undefined;
};

/** Ceremonies: begun, answered, committed, given up, superseded. */
export const ceremonyClient = (call: Call) => {
  const of = (id: string) => `/api/ceremonies/${encodeURIComponent(id)}`;
  return {
    list: (filter: CeremonyFilter = {}) => call<CeremonyList>("GET", `/api/ceremonies${query(filter)}`),
    get: (id: string) => call<CeremonyView>("GET", of(id)),
    /** Participants by key: `guardian:bea`, `device:ada-phone`, `member:home:eli`. */
    candidates: (asked: {
      readonly kind: StartCeremonyRequest["kind"];
      readonly context?: string | undefined;
      readonly initiator?: string | undefined;
      readonly participants?: readonly string[] | undefined;
    }) => {
      const { participants, ...rest } = asked;
      return call<CeremonyCandidates>(
        "GET",
        `/api/ceremonies/candidates${query({ ...rest, participants: participants?.join(",") })}`,
      );
    },
    start: (body: z.input<typeof startCeremonySchema>, key?: string) =>
      call<CeremonyView>("POST", "/api/ceremonies", body, key),
    answer: (id: string, body: AnswerCeremonyRequest, key?: string) =>
      call<CeremonyView>("POST", `${of(id)}/answer`, body, key),
    /** Tries again what the last answer that was needed could not: a commit is otherwise made by itself. */
    commit: (id: string, key?: string) => call<CeremonyView>("POST", `${of(id)}/commit`, {}, key),
    abort: (id: string, reason: string, key?: string) =>
      call<CeremonyView>("POST", `${of(id)}/abort`, { reason }, key),
    /** Asks again, for a session, what its ceremony asked before it ended without a commit; answers the new one. */
    askAgain: (session: string, body: AskAgainRequest = {}, key?: string) =>
      call<CeremonyView>("POST", `/api/sessions/${encodeURIComponent(session)}/ceremony`, body, key),
    /** Answers the ceremony that took its place. */
    supersede: (id: string, body: SupersedeCeremonyRequest = {}, key?: string) =>
      call<CeremonyView>("POST", `${of(id)}/supersede`, body, key),
  };
};
