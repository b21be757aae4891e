import type { HostError, HostErrorKind } from "@parley/runtime/host";
import { hostErrorDetail, hostErrorText } from "@parley/runtime/host";
import type { Problem } from "@parley/wire/http";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

/** What the HTTP layer itself refuses, before any command is asked for. */
const httpErrors = {
  "malformed-json": {
    status: 400,
    code: "PAR7801",
    title: "The body is not JSON",
    hint: "Send one complete JSON value.",
  },
  invalid: {
    status: 422,
    code: "PAR7802",
    title: "The request does not fit its schema",
    hint: "Compare with /api/openapi.json.",
  },
  "no-route": {
    status: 404,
    code: "PAR7803",
    title: "There is no such route",
    hint: "The routes are listed in /api/openapi.json.",
  },
  "no-method": {
    status: 405,
    code: "PAR7809",
    title: "The route does not take this method",
    hint: "The Allow header lists those it takes.",
  },
  "unknown-topic": {
    status: 422,
    code: "PAR7810",
    title: "There is no such live topic",
    hint: "Topics are protocols, sessions, authorities and contexts, and the last three by id: session:ID.",
  },
  "foreign-host": {
    status: 403,
    code: "PAR7804",
    title: "The studio answers only to its own address",
    hint: "Use the address it printed when it started.",
  },
  "foreign-origin": {
    status: 403,
    code: "PAR7805",
    title: "Pages of other sites may not use the studio",
    hint: "Open the studio itself.",
  },
  "not-json": {
    status: 415,
    code: "PAR7806",
    title: "Only JSON bodies are read here",
    hint: "Send content-type: application/json.",
  },
  "body-too-large": {
    status: 413,
    code: "PAR7807",
    title: "The body is larger than the limit",
    hint: "Send less at once.",
  },
  "too-many-topics": {
    status: 422,
    code: "PAR7808",
    title: "Too many live topics",
    hint: "Subscribe to fewer, or share one connection.",
  },
  internal: {
    status: 500,
    code: "PAR7899",
    title: "A bug of the studio",
    hint: "Nothing was changed. The log of the server has the details.",
  },
} as const;

export type HttpErrorKind = keyof typeof httpErrors;

const hostStatus: { readonly [kind in HostErrorKind]: number } = {
  "not-found": 404,
  "stale-head": 409,
  "head-required": 428,
  "wrong-seat": 422,
  "unknown-label": 422,
  "stale-step": 409,
  "closed-session": 409,
  "nothing-runnable": 409,
  "bad-value": 422,
  "unknown-edge": 422,
  "clock-refused": 422,
  "unsupported-input": 422,
  "bad-position": 404,
  "unknown-timer": 409,
  "timer-not-due": 409,
  "not-cancellable": 422,
  "not-down": 409,
  "no-frame": 409,
  "not-admitted": 422,
  "unknown-version": 404,
  "no-version": 409,
  "unknown-profile": 422,
  "shipped-profile": 409,
  "unknown-capability": 422,
  "stale-profile": 409,
  "stale-draft": 409,
  "does-not-check": 422,
  "bad-bindings": 422,
  "unknown-seat-device": 422,
  "bad-script": 422,
  "bad-name": 422,
  "shipped-scenario": 409,
  "bad-settings": 422,
  "idempotency-mismatch": 422,
  "in-flight": 409,
  "run-active": 409,
  "too-large": 413,
  "store-full": 507,
  "store-readonly": 503,
  "store-locked": 503,
  "store-failed": 503,
  "lost-race": 409,
  "read-only-session": 409,
  "fork-forbidden": 409,
  "bad-export": 422,
  "export-differs": 422,
  "session-exists": 409,
  "host-closed": 503,
  "handoff-refused": 409,
  "owner-refused": 409,
  "reconfiguration-refused": 422,
  "guards-not-judged": 409,
  "foreign-token": 422,
  "expired-token": 422,
  "revoked-token": 409,
  "bad-token": 422,
  "token-undecided": 503,
  "forged-receipt": 422,
  "replayed-nonce": 409,
  "wrong-epoch": 409,
  "budget-refused": 422,
  "duplicate-fact": 409,
  "unknown-fact-type": 422,
  "unknown-replica": 422,
  "bad-fact": 422,
  "bad-partition": 422,
  "replicas-parted": 409,
  "bad-declaration": 422,
  "no-migration-path": 422,
  "migration-running": 409,
  "migration-not-needed": 409,
  "breaker-open": 503,
  "duplicate-phase": 422,
  "unknown-result": 422,
  "empty-composition": 422,
  "composition-ended": 409,
  "unknown-ceremony": 404,
  "duplicate-ceremony": 409,
  "invalid-participants": 422,
  "not-participant": 422,
  "source-mismatch": 422,
  "ceremony-ended": 409,
  "ceremony-timed-out": 409,
  "ceremony-stands": 409,
  "no-ceremony": 409,
  "runtime-lacks": 422,
  "answered-otherwise": 409,
  "threshold-not-met": 409,
  "prestate-moved": 409,
  "prestate-used": 409,
  "supersedes-itself": 422,
  "operation-mismatch": 422,
  "nonce-mismatch": 422,
  "peer-rejected": 409,
  "nonce-replayed": 409,
  "invalid-key-threshold": 422,
  "invalid-key-holders": 422,
  "invalid-key-package": 422,
  "transcript-mismatch": 409,
  "too-few-shares": 409,
  "invalid-share": 422,
  "invalid-threshold-signature": 422,
  "key-not-prepared": 409,
  "no-prestate-authorities": 422,
  "too-many-prestate-authorities": 422,
  "duplicate-prestate-authority": 422,
  "agreement-not-enabled": 409,
  "invalid-commit": 422,
  "bad-predicate": 422,
  "unknown-fact": 422,
  "unknown-event": 404,
};

/** Names the section of `docs/errors.md`; no page of somebody else has to be there. */
const typeOf = (code: string): string => `urn:parley:problem:${code.toLowerCase()}`;

const answer = (c: Context, problem: Problem): Response =>
  c.body(JSON.stringify(problem), problem.status as ContentfulStatusCode, {
    "content-type": "application/problem+json; charset=utf-8",
    "cache-control": "no-store",
  });

/** A refusal of the HTTP layer. */
export const httpProblem = (
  c: Context,
  kind: HttpErrorKind,
  detail: string,
  fields?: Readonly<Record<string, unknown>>,
): Response => {
  const { status, code, title, hint } = httpErrors[kind];
  return answer(c, { type: typeOf(code), title, status, code, detail, hint, ...(fields ? { fields } : {}) });
};

/** A refusal of the host, with its own code and fields. */
export const hostProblem = (c: Context, error: HostError): Response => {
  const { code, kind, ...fields } = error;
  const { title, hint } = hostErrorText[kind];
  const status = hostStatus[kind];
  return answer(c, {
    type: typeOf(code),
    title,
    status,
    code,
    detail: hostErrorDetail(error),
    hint,
    fields,
  });
};

/** A failure nobody caught: the database's own have a code, all else is a bug. */
export const thrownProblem = (c: Context, error: Error): Response => {
  const code = "code" in error ? String(error.code) : "";
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return hostProblem(c, { code: "PAR7403", kind: "store-locked" });
  if (code.startsWith("SQLITE_"))
    return hostProblem(c, { code: "PAR7404", kind: "store-failed", reason: code });
  return httpProblem(c, "internal", "The request could not be answered.");
};
