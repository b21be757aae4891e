import type { Host } from "@parley/runtime/host";
import {
  abortCeremonySchema,
  answerCeremonySchema,
  askAgainSchema,
  ceremonyCandidatesSchema,
  ceremonyKindSchema,
  ceremonyListSchema,
  ceremonyStateSchema,
  ceremonyViewSchema,
  startCeremonySchema,
  supersedeCeremonySchema,
} from "@parley/wire/http";
import { z } from "zod";
import type { Api } from "../http/api.ts";
import { mount } from "../http/endpoint.ts";

const all = "/api/ceremonies";
const one = "/api/ceremonies/{id}";
const name = z.string().max(128).optional();

/** Participants by key, with commas between. */
const keys = z
  .string()
  .max(4_000)
  .optional()
  .transform((text) => (text ?? "").split(",").filter((key) => key !== ""));

const commandRoutes = (api: Api, host: Host): void => {
  mount(api, {
    method: "post",
    path: `${one}/answer`,
    operation: "answerCeremony",
    summary: "Accept or refuse as one who takes part; the last acceptance that is needed commits",
    body: answerCeremonySchema,
    answer: ceremonyViewSchema,
    handle: ({ params, caller, body }) => host.answerCeremony(caller, params.id ?? "", body),
  });
  mount(api, {
    method: "post",
    path: `${one}/commit`,
    operation: "commitCeremony",
    summary: "Commit what enough accepted and did not commit by itself",
    answer: ceremonyViewSchema,
    handle: ({ params, caller }) => host.commitCeremony(caller, params.id ?? ""),
  });
  mount(api, {
    method: "post",
    path: `${one}/abort`,
    operation: "abortCeremony",
    summary: "Give a ceremony up",
    body: abortCeremonySchema,
    answer: ceremonyViewSchema,
    handle: ({ params, caller, body }) => host.abortCeremony(caller, params.id ?? "", body.reason),
  });
  mount(api, {
    method: "post",
    path: `${one}/supersede`,
    operation: "supersedeCeremony",
    summary: "Put another ceremony in the place of one; answers the other",
    body: supersedeCeremonySchema,
    answer: ceremonyViewSchema,
    handle: ({ params, caller, body }) => host.supersedeCeremony(caller, params.id ?? "", body),
  });
};

/** Of a session whose ceremony ended without a commit. */
const sessionRoutes = (api: Api, host: Host): void =>
  mount(api, {
    method: "post",
    path: "/api/sessions/{id}/ceremony",
    operation: "askAgain",
    summary: "Ask again what the session's ceremony asked, which ended without a commit; answers the new one",
    body: askAgainSchema,
    answer: ceremonyViewSchema,
    status: 201,
    handle: ({ params, caller, body }) => host.askAgain(caller, params.id ?? "", body),
  });

/** Ceremonies: who was asked what, until when, and what came of it. */
export const ceremonyRoutes = (api: Api, host: Host): void => {
  mount(api, {
    method: "get",
    path: all,
    operation: "listCeremonies",
    summary: "Ceremonies, newest first",
    query: z.object({
      state: ceremonyStateSchema.optional(),
      kind: ceremonyKindSchema.optional(),
      context: name,
      session: name,
      authority: name,
    }),
    answer: ceremonyListSchema,
    handle: async ({ query }) => ({ ok: true, value: { items: host.ceremonies(query) } }),
  });
  mount(api, {
    method: "post",
    path: all,
    operation: "startCeremony",
    summary: "Begin a ceremony: hands are shaken and the shared key is made first",
    body: startCeremonySchema,
    answer: ceremonyViewSchema,
    status: 201,
    handle: ({ caller, body }) => host.startCeremony(caller, body),
  });
  mount(api, {
    method: "get",
    path: `${all}/candidates`,
    operation: "ceremonyCandidates",
    summary: "Live ceremonies a new one would take the place of, and what it would stand on",
    query: z.object({ kind: ceremonyKindSchema, context: name, initiator: name, participants: keys }),
    answer: ceremonyCandidatesSchema,
    handle: ({ query }) => host.ceremonyCandidates(query),
  });
  mount(api, {
    method: "get",
    path: one,
    operation: "ceremonyOf",
    summary: "A ceremony: participants, progress, deadline, prestate, key, commit, chain, facts, refusals",
    answer: ceremonyViewSchema,
    handle: ({ params }) => host.ceremony(params.id ?? ""),
  });
  commandRoutes(api, host);
  sessionRoutes(api, host);
};
