import type { z } from "zod";
import type {
  AdmissionReport,
  AuthorityDetail,
  Causes,
  CheckResponse,
  EffectStream,
  EntryJson,
  EnvelopeView,
  FindingSettings,
  ForkRequest,
  InputsRequest,
  InputsResponse,
  OpenSessionRequest,
  Problem,
  Programs,
  ProtocolDetail,
  ProtocolSummary,
  ProtocolText,
  runRequestSchema,
  ScenarioDetail,
  ScenarioList,
  ScheduleView,
  SearchProgress,
  SearchRequest,
  SearchResult,
  SessionComparison,
  SessionSummary,
  SessionView,
  VersionDetail,
  Watch,
  Why,
} from "../http/index.ts";
import { runtimeClient } from "./admission-client.ts";
import { authorityClient, contextClient, guardClient } from "./authority-client.ts";
import { ceremonyClient } from "./ceremony-client.ts";
import { ownershipClient, reconfigurationClient } from "./ownership-client.ts";
import { compositionClient, migrationClient } from "./services-client.ts";

/** What the client needs from its surroundings: `fetch`, and a maker of idempotency keys. */
export interface ClientPorts {
  readonly fetch: (
    url: string,
    init: { method: string; headers: Record<string, string>; body?: string },
  ) => Promise<{ readonly status: number; text(): Promise<string> }>;
  readonly newKey: () => string;
  readonly base: string;
}

/** A refusal of the server; `status: 0` (`PAR7990`) when it could not be reached, `PAR7991` when something else answered. */
export class ApiError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

export type ApiClient = ReturnType<typeof createClient>;

type RunRequest = z.input<typeof runRequestSchema>;

/**
 * The typed client of the HTTP interface; every method resolves to the body
 * of `ROUTES.md` or rejects with `ApiError`.
 *
 * @example createClient({ fetch, newKey: () => crypto.randomUUID(), base: "" }).sessions.get("s-1", 12)
 */
export const createClient = (ports: ClientPorts) => {
  const call = async <T>(method: string, path: string, body?: unknown, key?: string): Promise<T> => {
    const headers: Record<string, string> = { accept: "application/json" };
    if (body !== undefined) headers["content-type"] = "application/json";
    if (method !== "GET") headers["idempotency-key"] = key ?? ports.newKey();
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    let status: number;
    let text: string;
    try {
      const response = await ports.fetch(`${ports.base}${path}`, init);
      status = response.status;
      // A connection may also break in the middle of an answer.
      text = await response.text();
    } catch (cause) {
      throw new ApiError(unreachable(String(cause)));
    }
    if (status >= 400) throw new ApiError(readProblem(status, text));
    return readAnswer<T>(status, text);
  };
  const at = (id: string) => `/api/sessions/${encodeURIComponent(id)}`;
  const of = (id: string) => `/api/protocols/${encodeURIComponent(id)}`;
  const scenario = (id: string, name: string) => `${of(id)}/scenarios/${encodeURIComponent(name)}`;
  return {
    protocols: {
      list: (query = "") => call<{ items: ProtocolSummary[] }>("GET", `/api/protocols${query}`),
      get: (id: string) => call<ProtocolDetail>("GET", of(id)),
      create: (name: string, source: string) =>
        call<ProtocolDetail>("POST", "/api/protocols", { name, source }),
      rename: (id: string, name: string) => call<ProtocolDetail>("PATCH", of(id), { name }),
      categorise: (id: string, category: "A" | "B" | "C" | null) =>
        call<ProtocolDetail>("PUT", `${of(id)}/category`, { category }),
      remove: (id: string) => call<void>("DELETE", of(id)),
      restore: (id: string) => call<ProtocolDetail>("POST", `${of(id)}/restore`, {}),
      duplicate: (id: string) => call<ProtocolDetail>("POST", `${of(id)}/duplicate`, {}),
      putDraft: (id: string, source: string, baseRevision: number) =>
        call<{ revision: number; at: number }>("PUT", `${of(id)}/draft`, { source, baseRevision }),
      versions: (id: string) => call<{ items: VersionDetail[] }>("GET", `${of(id)}/versions`),
      saveVersion: (id: string, source: string, label?: string) =>
        call<VersionDetail>("POST", `${of(id)}/versions`, { source, label }),
    },
    scenarios: {
      list: (id: string) => call<ScenarioList>("GET", `${of(id)}/scenarios`),
      put: (id: string, name: string, text: string, baseRevision: number) =>
        call<ScenarioDetail>("PUT", scenario(id, name), { text, baseRevision }),
      remove: (id: string, name: string) => call<void>("DELETE", scenario(id, name)),
      restore: (id: string, name: string) =>
        call<ScenarioDetail>("POST", `${scenario(id, name)}/restore`, {}),
    },
    texts: () => call<{ items: ProtocolText[] }>("GET", "/api/texts"),
    check: (source: string, as: { readonly protocol?: string; readonly version?: string } = {}) =>
      call<CheckResponse>("POST", "/api/check", { source, ...as }),
    settings: {
      findings: () => call<FindingSettings>("GET", "/api/settings/findings"),
      putFindings: (settings: FindingSettings) =>
        call<FindingSettings>("PUT", "/api/settings/findings", settings),
    },
    admission: (request: OpenSessionRequest) => call<AdmissionReport>("POST", "/api/admission", request),
    authorities: () => call<{ items: AuthorityDetail[] }>("GET", "/api/authorities"),
    runtimes: runtimeClient(call),
    authority: authorityClient(call),
    contexts: contextClient(call),
    guards: guardClient(call),
    ceremonies: ceremonyClient(call),
    migrations: migrationClient(call),
    compositions: compositionClient(call),
    ownership: ownershipClient(call),
    reconfiguration: reconfigurationClient(call),
    sessions: {
      list: (query = "") => call<{ items: SessionSummary[] }>("GET", `/api/sessions${query}`),
      open: (request: OpenSessionRequest, key?: string) =>
        call<{ session: SessionView; admission: AdmissionReport }>("POST", "/api/sessions", request, key),
      get: (id: string, seq?: number) =>
        call<SessionView>("GET", seq === undefined ? at(id) : `${at(id)}?at=${seq}`),
      programs: (id: string) => call<Programs>("GET", `${at(id)}/programs`),
      input: (id: string, request: InputsRequest, key?: string) =>
        call<InputsResponse>("POST", `${at(id)}/inputs`, request, key),
      run: (id: string, request: RunRequest) => call<{ id: string }>("POST", `${at(id)}/run`, request),
      cancelRun: (id: string) => call<void>("DELETE", `${at(id)}/run`),
      log: (id: string, from: number, limit: number) =>
        call<{ items: EntryJson[]; head: number }>("GET", `${at(id)}/log?from=${from}&limit=${limit}`),
      fork: (id: string, seq: number, title?: string, change?: ForkRequest["change"]) =>
        call<SessionView>("POST", `${at(id)}/fork`, { at: seq, title, change }),
      watch: (id: string, exprs: readonly string[], seq?: number) => {
        const query = exprs.map((expr) => `expr=${encodeURIComponent(expr)}`);
        if (seq !== undefined) query.push(`at=${seq}`);
        return call<Watch>("GET", `${at(id)}/watch?${query.join("&")}`);
      },
      causes: (id: string, seq: number, index: number) =>
        call<Causes>("GET", `${at(id)}/causes?seq=${seq}&index=${index}`),
      why: (id: string, role: string, seq?: number) =>
        call<Why>(
          "GET",
          `${at(id)}/why?role=${encodeURIComponent(role)}${seq === undefined ? "" : `&at=${seq}`}`,
        ),
      compare: (id: string, other: string, mode?: SessionComparison["mode"]) =>
        call<SessionComparison>(
          "GET",
          `${at(id)}/compare?with=${encodeURIComponent(other)}${mode === undefined ? "" : `&mode=${mode}`}`,
        ),
      envelope: (id: string, seq?: number) =>
        call<EnvelopeView>("GET", `${at(id)}/envelope${seq === undefined ? "" : `?at=${seq}`}`),
      schedule: (id: string, seq?: number) =>
        call<ScheduleView>("GET", `${at(id)}/schedule${seq === undefined ? "" : `?at=${seq}`}`),
      effects: (id: string, from: number, limit: number) =>
        call<EffectStream>("GET", `${at(id)}/effects?from=${from}&limit=${limit}`),
      search: (id: string, request: SearchRequest) => call<SearchResult>("POST", `${at(id)}/search`, request),
      searchProgress: (id: string) => call<SearchProgress>("GET", `${at(id)}/search`),
      cancelSearch: (id: string) => call<void>("DELETE", `${at(id)}/search`),
    },
  };
};

const unreachable = (detail: string): Problem => ({
  type: "about:blank",
  title: "The server cannot be reached",
  status: 0,
  code: "PAR7990",
  detail,
});

/** Something other than our server answered: a proxy, another program on the port. */
const strange = (status: number, text: string): Problem => ({
  type: "about:blank",
  title: "Unexpected answer",
  status,
  code: "PAR7991",
  detail: text.slice(0, 500),
});

const readProblem = (status: number, text: string): Problem => {
  try {
    const body = JSON.parse(text) as Partial<Problem> | null;
    if (typeof body?.code === "string") return body as Problem;
  } catch {
    // Not JSON.
  }
  return strange(status, text);
};

const readAnswer = <T>(status: number, text: string): T => {
  if (text === "") return undefined as T;
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new ApiError(strange(status, text));
  }
};
